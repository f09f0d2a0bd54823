// The project's own commands: makes ready what is missing (Node.js 24, packages, registries), then runs the task.
// Plain JavaScript without packages: it is the first thing that runs in a fresh clone, on any Node.js.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [task = 'start', ...words] = process.argv.slice(2);
process.chdir(root);

const NEEDED = 24;
const bin = (folder) => join(root, folder, 'node_modules', '.bin');
const oldNode = Number(process.versions.node.split('.')[0]) < NEEDED;
const path = [...(oldNode ? [bin('tools/node')] : []), bin('.'), process.env.PATH].join(delimiter);
const env = { ...process.env, PATH: path };

/** Runs a program to its end and gives its exit code; one that was ended by a signal counts as failed. */
function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', env, ...options });
    child.on('error', (error) => fail(`${program} could not be started: ${error.message}`));
    child.on('exit', (status) => resolve(status ?? 1));
  });
}

function fail(message) {
  console.error(`ward: ${message}`);
  process.exit(1);
}

/** Installs a folder's locked packages unless that lock was installed already. Progress goes to stderr. */
async function install(folder, what) {
  const lock = readFileSync(join(root, folder, 'package-lock.json'), 'utf8');
  const stamp = join(root, folder, 'node_modules', '.wardround-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error(`ward: installing ${what}`);
  const npm = ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const status = await run('npm', npm, { cwd: join(root, folder), env: process.env, stdio: ['ignore', 2, 2] });
  if (status !== 0) fail(`npm ci failed in ${folder}; it needs the npm registry`);
  mkdirSync(join(root, folder, 'node_modules'), { recursive: true });
  writeFileSync(stamp, lock);
}

// Ctrl+C reaches the program that runs as well; its exit code is awaited, so that it leaves the terminal clean.
process.on('SIGINT', () => {});

// At once: neither needs the other.
await Promise.all([
  oldNode && install('tools/node', `Node.js ${NEEDED}, because this one is ${process.versions.node}`),
  install('.', 'packages'),
]);
if (oldNode && !existsSync(join(bin('tools/node'), 'node')))
  fail(`Node.js ${NEEDED} or newer is needed here; this is ${process.versions.node}`);
process.exit(await run('node', ['scripts/tasks.mjs', task, ...words]));
