import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { compiled, hasBun, type Machine } from '../../scripts/bundle/compiled.ts';
import { bundled, folderForTests } from './bundle.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const QEMU = '/usr/bin/qemu-aarch64';
/** Where Debian has the C library of that machine. */
const LIBRARIES = '/usr/aarch64-linux-gnu';

/** How an executable for each machine is run here, and what for that is missing. */
const RUNS: readonly { machine: Machine; before: readonly string[]; missing: string[] }[] = [
  { machine: 'x64', before: [], missing: process.arch === 'x64' ? [] : ['an x64 machine'] },
  {
    machine: 'arm64',
    before: process.arch === 'arm64' ? [] : [QEMU, '-L', LIBRARIES],
    missing: process.arch === 'arm64' ? [] : [QEMU, LIBRARIES].filter((path) => !existsSync(path)),
  },
];
const runs = RUNS.map((run) => ({ ...run, missing: [...run.missing, ...(hasBun(run.machine) ? [] : ['npm run build:agent'])] }));
const titled = runs.map((run) => ({
  ...run,
  title: `for ${run.machine}${run.missing.length > 0 ? ` (skipped: it needs ${run.missing.join(', ')})` : ''}`,
}));

const folder = folderForTests();
const cases = globSync('*/cases/*/*.txt', { cwd: join(ROOT, 'src/subsystems') })
  .filter((path) => !path.endsWith('/expected.txt'))
  .sort();
const words = cases.map((path) => `${path.split('/', 1)[0]}:src/subsystems/${path}`);
let replay = '';

beforeAll(async () => {
  replay = await bundled('test/agent/entries/replay.ts', folder);
});

describe.each(titled)('the executable $title', ({ machine, before, missing }) => {
  it.skipIf(missing.length > 0)(
    'says the same of every recorded machine as Node.js does, byte for byte',
    () => {
      const own = compiled(replay, machine, join(folder, `replay-${machine}`));
      const said = (program: string, ...more: string[]) =>
        spawnSync(program, [...more, ...words], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1e9 });
      const [node, executable] = [said(process.execPath, replay), said('/usr/bin/env', ...before, own)];
      expect(executable.stderr).toBe('');
      expect(executable.stdout.split('\n')).toHaveLength(cases.length + 1);
      expect(executable.stdout).toBe(node.stdout);
    },
    300_000,
  );
});
