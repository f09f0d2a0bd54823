import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { keepCode, readCode } from '../../src/agent/kept-code.ts';
import { VERSION } from '../../src/core/version.gen.ts';
import { ROOT } from '../project/temporary-copy.ts';
import { folderForTests, NO_NODE_20, NODES } from './bundle.ts';

const AGENT = join(ROOT, 'dist/agent.cjs');
/** As long as the version, and another. */
const OTHER = VERSION.replace(/\d/, (digit) => String((Number(digit) + 1) % 10));
const folder = folderForTests();
const placeIn = () => join(mkdtempSync(join(folder, 'code-')), 'agent-1-v24.0.0.code');

describe('compiled code that is kept', () => {
  const code = Buffer.from('compiled, of no whole number of words');

  it('comes back as it was', () => {
    const path = placeIn();
    keepCode(path, code);
    expect(readCode(path)).toEqual(code);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['has a wrong bit', (bytes: Buffer) => bytes.with(7, (bytes[7] ?? 0) ^ 1)],
    ['has a wrong last byte', (bytes: Buffer) => bytes.with(bytes.length - 1, 0)],
    ['lacks its end', (bytes: Buffer) => bytes.subarray(0, 20)],
    ['ends in zeros', (bytes: Buffer) => bytes.map((byte, at) => (at > 20 ? 0 : byte))],
    ['is empty', () => Buffer.alloc(0)],
  ])('is not used where it %s', (_, damaged) => {
    const path = placeIn();
    keepCode(path, code);
    writeFileSync(path, damaged(readFileSync(path)));
    expect(readCode(path)).toBeUndefined();
  });

  it('is not used where others may write it, nor where there is none', () => {
    const path = placeIn();
    expect(readCode(path)).toBeUndefined();
    keepCode(path, code);
    chmodSync(path, 0o620);
    expect(readCode(path)).toBeUndefined();
  });

  it('takes the place of what other builds left, and of nothing else', () => {
    const path = placeIn();
    writeFileSync(join(path, '..', 'agent-0-v22.1.0.code'), '');
    writeFileSync(join(path, '..', 'sample.json'), '');
    keepCode(path, code);
    expect(readdirSync(join(path, '..')).sort()).toEqual(['agent-1-v24.0.0.code', 'sample.json']);
  });
});

/** Those that can load a module of Node.js by its name (from 20.16 on); older ones compile anew each time. */
const KEEPING = NODES.filter(({ version }) => !/^v20[.](\d|1[0-5])[.]/.test(version));

describe.each(KEEPING)(`the shipped agent on Node.js $version${NO_NODE_20}`, ({ node, version }) => {
  beforeAll(() => void execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT }));

  const state = mkdtempSync(join(folder, 'state-'));
  const report = (words: readonly string[], input?: string) => {
    const { stdout, stderr, status } = spawnSync(node, words, {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: folder, WARD_STATE_DIR: state },
      ...(input === undefined ? {} : { input }),
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return JSON.parse(stdout) as { states: object };
  };
  const codes = () => readdirSync(state).filter((name) => name.endsWith('.code'));
  const only = () => join(state, codes()[0] ?? '');

  it('keeps its compiled code with a whole report, and uses it for the next', () => {
    report([AGENT, 'report', '--only', 'system']);
    expect(codes()).toEqual([]);
    const first = report([AGENT, 'report']);
    expect(codes()).toEqual([expect.stringMatching(new RegExp(`^agent-[0-9a-f]{16}-[0-9a-z]+-${version.replaceAll('.', '[.]')}[.]code$`))]);
    const { ino } = statSync(only());
    expect(Object.keys(report([AGENT, 'report']).states)).toEqual(Object.keys(first.states));
    expect(statSync(only()).ino).toBe(ino);
  });

  it('reports all the same where the code is damaged, and keeps it anew', () => {
    const good = readFileSync(only());
    for (const from of [0, 4096]) {
      writeFileSync(
        only(),
        good.map((byte, at) => (at >= from ? 0 : byte)),
      );
      report([AGENT, 'report']);
      expect(readCode(only())?.some((byte) => byte !== 0)).toBe(true);
    }
  });

  it('runs as it was changed by hand, though its text is as long as before', () => {
    const changed = join(folder, `changed-${version}.cjs`);
    copyFileSync(AGENT, changed);
    expect(report([changed, 'report'])).toHaveProperty('version', VERSION);
    writeFileSync(changed, readFileSync(AGENT, 'utf8').replaceAll(VERSION, OTHER));
    expect(report([changed, 'report'])).toHaveProperty('version', OTHER);
  });

  it('neither keeps nor uses any when it is run from memory, or with flags that make other code', () => {
    const { ino } = statSync(only());
    report(['-', 'report'], readFileSync(AGENT, 'utf8'));
    report(['--max-lazy', AGENT, 'report']);
    expect(statSync(only()).ino).toBe(ino);
  });
});

describe('ward beside its agent', () => {
  it.each([[[]], [['--stack-size=900']]])('has it report on this machine, started with %j', (flags) => {
    const env = { PATH: process.env['PATH'], HOME: folder, WARD_STATE_DIR: mkdtempSync(join(folder, 'state-')) };
    const { stdout, status } = spawnSync(process.execPath, [...flags, 'bin/ward.cjs', 'node', 'report', '--json'], {
      cwd: ROOT,
      env,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty('schema_version', 1);
    expect(readdirSync(env.WARD_STATE_DIR).filter((name) => name.endsWith('.code'))).toHaveLength(flags.length === 0 ? 1 : 0);
  });

  it('keeps its code once, however often it is asked in one process', () => {
    const env = { PATH: process.env['PATH'], HOME: folder, WARD_STATE_DIR: mkdtempSync(join(folder, 'state-')) };
    const rounds = `const { localReport } = require(${JSON.stringify(AGENT)});
      (async () => { for (let at = 0; at < 12; at += 1) await localReport(); console.log(process.listenerCount('exit')); })();`;
    const file = join(folder, 'rounds.cjs');
    writeFileSync(file, rounds);
    const { stdout, stderr } = spawnSync(process.execPath, [file], { env, encoding: 'utf8' });
    expect([stdout, stderr]).toEqual(['1\n', '']);
  });
});
