import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundled, folderForTests, NO_NODE_20, NODES } from './bundle.ts';

const folder = folderForTests();
const cases = globSync('*/cases/*/*.txt', { cwd: fileURLToPath(new URL('../../src/subsystems/', import.meta.url)) })
  .filter((path) => !path.endsWith('/expected.txt'))
  .sort();
let replay = '';

beforeAll(async () => {
  replay = await bundled('test/agent/entries/replay.ts', folder);
});

describe(`one recorded machine${NO_NODE_20}`, () => {
  it.skipIf(NODES.length < 2)('gives the same bytes on every Node.js', () => {
    const words = cases.map((path) => `${path.split('/', 1)[0]}:src/subsystems/${path}`);
    const [first, ...others] = NODES.map(({ node }) =>
      spawnSync(node, [replay, ...words], { encoding: 'utf8', cwd: fileURLToPath(new URL('../../', import.meta.url)), maxBuffer: 1e9 }),
    );
    expect(first?.stderr).toBe('');
    expect(first?.stdout.split('\n')).toHaveLength(cases.length + 1);
    for (const other of others) expect(other.stdout).toBe(first?.stdout);
  });
});
