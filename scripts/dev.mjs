// The project's own commands: makes ready what is missing (Node.js 24, packages, registries), then runs the task.
// Plain JavaScript without packages: it is the first thing that runs in a fresh clone, on any Node.js.
import { spawnSync } from 'node:child_process';
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

function run(program, args, options = {}) {
  const { status, signal, error } = spawnSync(program, args, { stdio: 'inherit', env, ...options });
  if (error) fail(`${program} could not be started: ${error.message}`);
  return signal ? 1 : status;
}

function fail(message) {
  console.error(`ward: ${message}`);
  process.exit(1);
}

/** Installs a folder's locked packages unless that lock was installed already. Progress goes to stderr. */
function install(folder, what) {
  const lock = readFileSync(join(root, folder, 'package-lock.json'), 'utf8');
  const stamp = join(root, folder, 'node_modules', '.wardround-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error(`ward: installing ${what}`);
  const npm = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  if (run('npm', npm, { cwd: join(root, folder), env: process.env, stdio: ['ignore', 2, 2] }) !== 0)
    fail(`npm ci failed in ${folder}; it needs the npm registry`);
  mkdirSync(join(root, folder, 'node_modules'), { recursive: true });
  writeFileSync(stamp, lock);
}

if (oldNode) install('tools/node', `Node.js ${NEEDED}, because this one is ${process.versions.node}`);
if (oldNode && !existsSync(join(bin('tools/node'), 'node')))
  fail(`Node.js ${NEEDED} or newer is needed here; this is ${process.versions.node}`);
install('.', 'packages');
process.exit(run('node', ['scripts/tasks.mjs', task, ...words]));
