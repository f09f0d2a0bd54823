// Bundles what is published: the command line for Node.js 24, split so that each command loads only what it needs, and the agent as one
// file for any Node.js from 20 on, without a line of npm code. Does nothing while no source has changed; `--fresh` builds anew and alone.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agentOfNode, OF_NODE } from './bundle/agent.ts';
import { packagesIn } from './bundle/packages-in.ts';

const STAMP = 'dist/.stamp';
const WORK = '.cache';
const LOCK = join(WORK, 'build-lock');
/** A lock this old belongs to a build that was killed. */
const LOCK_MS = 60_000;
/** A ward that runs while we build may still load a part of the build before. */
const KEEP_MS = 600_000;
/** Made by scripts/build-agent.mjs, when it is asked for. */
const AGENTS = 'agents';

/** Where the command line only wants a report of this machine, the agent beside it makes it, with the code that it keeps compiled. */
const agentBeside = {
  name: 'agent-beside',
  resolveId: (id, _importer, { kind }) =>
    kind === 'dynamic-import' && id.endsWith('/agent/report.ts') ? { id: './agent.cjs', external: true } : null,
};

const fresh = process.argv.includes('--fresh');
const digest = digestOf(['src', 'package-lock.json', 'scripts/build.mjs', 'scripts/bundle']);
const current = () => !fresh && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest;
if (!current()) {
  await locked(async () => {
    if (!current()) await build();
  });
}

async function build() {
  const { rolldown } = await import('rolldown');
  const packages = new Set();
  const into = mkdtempSync(join(WORK, 'dist-'));
  try {
    writeFileSync(join(into, 'agent.cjs'), await agentOfNode(rolldown));
    if (existsSync('src/cli/main.ts')) {
      const names = { entryFileNames: 'ward.cjs', chunkFileNames: 'ward-[name]-[hash].cjs' };
      // Node.js starts many small files faster in this form than as modules.
      for (const name of await bundle(rolldown, 'src/cli/main.ts', { dir: into, format: 'cjs', ...names })) packages.add(name);
    }
    writeFileSync(join(into, 'licenses.txt'), [...packages].map(license).join('\n'));
    writeFileSync(join(into, '.stamp'), digest);
    moved(into);
  } finally {
    rmSync(into, { recursive: true, force: true });
  }
}

/** Gives the names of the packages that came in. */
async function bundle(rolldown, input, output) {
  const made = await rolldown({ ...OF_NODE, input, plugins: [agentBeside] });
  const { output: chunks } = await made.write({ ...output, minify: true });
  await made.close();
  return packagesIn(chunks);
}

/** Each file is put in place at once, those that name others last, so that whoever runs ward meanwhile finds a whole one. */
function moved(from) {
  mkdirSync('dist', { recursive: true });
  if (fresh) for (const file of readdirSync('dist').filter((name) => name !== AGENTS)) rmSync(join('dist', file), { recursive: true });
  const files = readdirSync(from);
  const last = ['ward.cjs', '.stamp'];
  for (const file of [...files.filter((name) => !last.includes(name)), ...last.filter((name) => files.includes(name))]) {
    renameSync(join(from, file), join('dist', file));
  }
  const old = readdirSync('dist').filter(
    (file) => file !== AGENTS && !files.includes(file) && Date.now() - statSync(join('dist', file)).mtimeMs > KEEP_MS,
  );
  for (const file of old) rmSync(join('dist', file));
}

function license(name) {
  const folder = join('node_modules', name);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${version}\n\n${file === undefined ? '' : readFileSync(join(folder, file), 'utf8')}\n`;
}

/** One build at a time: whoever comes second waits and then finds it done. */
async function locked(work) {
  mkdirSync(WORK, { recursive: true });
  for (;;) {
    try {
      mkdirSync(LOCK);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const age = Date.now() - (statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > LOCK_MS) rmSync(LOCK, { recursive: true, force: true });
      else await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  try {
    await work();
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
}

function digestOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesOf)) hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .filter((name) => name !== 'cases')
    .flatMap((name) => filesOf(join(path, name)));
}
