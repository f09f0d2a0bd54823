import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagesIn } from '../../scripts/bundle/packages-in.ts';
import { ROOT } from './temporary-copy.ts';

/** The oldest Node.js that the agent promises to run on, where it was fetched: `npm ci --prefix tools/node-20`. */
const OLDEST = join(ROOT, 'tools/node-20/node_modules/.bin/node');
const AGENT = join(ROOT, 'dist/agent.cjs');
const noOldest = !existsSync(OLDEST);
const why = noOldest ? ' (skipped: no Node.js 20 in tools/node-20)' : '';

describe('the agent', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wardround-agent-'));
    execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is one file that asks for nothing but what Node.js itself has', () => {
    const text = readFileSync(AGENT, 'utf8');
    const asked = [...text.matchAll(/\b(?:require|import)\s*\(\s*(["'`])(.+?)\1/g)].map(([, , name]) => name);
    // Whatever else it needs it takes when something is asked that needs it: each costs every report some milliseconds.
    expect(new Set(asked)).toEqual(new Set(['node:fs', 'node:path', 'node:vm']));
    expect(text).not.toMatch(/zod|node_modules/i);
  });

  it('is no bundle at all if a package comes into it', () => {
    const modules = ['/x/src/agent/main.ts', '/x/node_modules/zod/v4/mini/index.js', '/x/node_modules/@a/b/node_modules/@c/d/e.js'];
    expect(packagesIn([{ moduleIds: modules }])).toEqual(['zod', '@c/d']);
  });

  it.skipIf(noOldest)(`reports on Node.js 20${why}`, () => {
    const { status, stdout, stderr } = spawnSync(OLDEST, [AGENT, 'report', '--only', 'system'], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ schema_version: 1, states: { system: 'ok' } });
  });

  it.skipIf(noOldest)(`reports on Node.js 20 from memory${why}`, () => {
    const env = { PATH: process.env['PATH'], WARD_STATE_DIR: '/dev/null' };
    const { status, stdout, stderr } = spawnSync(OLDEST, ['-', 'report', '--only', 'network'], {
      encoding: 'utf8',
      env,
      input: readFileSync(AGENT),
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ schema_version: 1, states: { network: 'ok' } });
  });

  it.skipIf(noOldest)(`says the same of every recorded machine on Node.js 20 and 24, byte for byte${why}`, async () => {
    const file = join(folder, 'replay.mjs');
    const bundle = await rolldown({ input: join(ROOT, 'test/project/entries/replay.ts'), platform: 'node', external: [/^node:/] });
    await bundle.write({ file, format: 'esm' });
    await bundle.close();
    const said = (node: string) =>
      execFileSync(node, [file, join(ROOT, 'src/subsystems')], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    const now = said(process.execPath);
    expect(now.split('\n').length).toBeGreaterThan(20);
    expect(said(OLDEST)).toBe(now);
  });
});
