import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readFrame } from '../../src/agent/read-frame.ts';
import { readSample } from '../../src/agent/sample-file.ts';
import { COLLECTORS } from '../../src/subsystems/collectors.gen.ts';
import { bundled, folderForTests, NO_NODE_20, NODES } from './bundle.ts';

const folder = folderForTests();
const entries = { agent: '', print: '', busy: '' };

beforeAll(async () => {
  entries.agent = await bundled('src/agent/main.ts', folder);
  entries.print = await bundled('test/agent/entries/print.ts', folder);
  entries.busy = await bundled('test/agent/entries/busy.ts', folder);
});

const stateFolder = () => mkdtempSync(join(folder, 'state-'));
const environment = (WARD_STATE_DIR = stateFolder()) => ({ PATH: process.env['PATH'], HOME: folder, WARD_STATE_DIR });

function agent(node: string, ...words: string[]) {
  return spawnSync(node, [entries.agent, ...words], { encoding: 'utf8', env: environment() });
}

describe.each(NODES)(`the agent on Node.js $version${NO_NODE_20}`, ({ node }) => {
  it('prints one report as one line of JSON, and nothing else', () => {
    const { status, stdout, stderr } = agent(node, 'report', '--json');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.endsWith('}\n')).toBe(true);
    expect(stdout.trimEnd()).not.toContain('\n');
    expect(Object.keys((JSON.parse(stdout) as { states: object }).states)).toEqual(expect.arrayContaining(Object.keys(COLLECTORS)));
  });

  it('frames the report for the one who asked', () => {
    const { stdout } = agent(node, 'report', '--frame', 'abcdefgh12345678');
    const frame = readFrame(Buffer.from(stdout), 'abcdefgh12345678');
    expect(frame).toMatchObject({ kind: 'whole', exit: 0, noise: '' });
    expect(JSON.parse((frame as { payload: string }).payload)).toHaveProperty('schema_version', 1);
  });

  it('gives only the sections that are wanted', () => {
    const report = JSON.parse(agent(node, 'report', '--only', 'system,processes').stdout) as { states: object };
    expect(Object.keys(report.states).sort()).toEqual(['processes', 'system']);
  });

  it.each([
    [['report', '--only', 'sistem'], '--only sistem names no section'],
    [['report', '--frame', 'a b'], '--frame takes 8 to 64'],
    [['report', '--nonsense'], '--nonsense'],
    [['reboot'], 'there is no reboot'],
    [[], 'there is no command here'],
  ])('refuses %j with exit 2 and a sentence', (words, sentence) => {
    const { status, stdout, stderr } = agent(node, ...words);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
  });

  it('needs neither input nor errors', () => {
    const { status, stdout } = spawnSync('/bin/sh', ['-c', 'exec "$@" <&- 2>&-', 'sh', node, entries.agent, 'report'], {
      encoding: 'utf8',
      env: environment(),
    });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty('schema_version', 1);
  });

  it('prints the whole of an answer of 8 MiB to one who reads slowly', async () => {
    const child = spawn(node, [entries.print, String(8 * 1024 * 1024)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let length = 0;
    let reads = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      length += chunk.length;
      reads += 1;
      // Each pause lets the other end fill its pipe.
      child.stdout.pause();
      setImmediate(() => child.stdout.resume());
    });
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(length).toBe(8 * 1024 * 1024);
    expect(reads).toBeGreaterThan(10);
  });

  it('ends without a word when its reader has gone', async () => {
    const child = spawn(node, [entries.print, String(8 * 1024 * 1024)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.stdout.destroy();
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(errors).toBe('');
  });

  it('says that its output could not be written, with exit 8', () => {
    const { status, stderr } = spawnSync('/bin/sh', ['-c', 'exec "$@" >/dev/full', 'sh', node, entries.agent, 'report'], {
      encoding: 'utf8',
      env: environment(),
    });
    expect(stderr).toMatch(/^ward: standard output could not be written: .*no space left.*\n$/);
    expect(status).toBe(8);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const)('leaves no program running when %s ends it', async (signal, status) => {
    const seconds = `86398.${process.pid}${status}${node.length}`;
    const child = spawn(node, [entries.busy, 'report'], {
      env: { ...environment(), WARD_TEST_SECONDS: seconds },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await expect.poll(() => sleeping(seconds), { timeout: 10_000 }).toBe(2);
    child.kill(signal);
    expect(await once(child, 'close')).toEqual([status, null]);
    await expect.poll(() => sleeping(seconds)).toBe(0);
  });
});

/** How many processes sleep for exactly so long. */
function sleeping(seconds: string): number {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && commandLine(pid) === `sleep\0${seconds}\0`).length;
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

describe('an agent that is killed', () => {
  it('leaves the state file whole, at whatever moment', async () => {
    const state = stateFolder();
    const path = join(state, 'sample.json');
    spawnSync(process.execPath, [entries.agent, 'report'], { env: environment(state) });
    expect(readSample(path)).not.toBeNull();
    for (let after_ms = 20; after_ms <= 220; after_ms += 10) {
      const child = spawn(process.execPath, [entries.agent, 'report'], { env: environment(state), stdio: 'ignore' });
      setTimeout(() => child.kill('SIGKILL'), after_ms);
      await once(child, 'close');
      expect(readSample(path)).not.toBeNull();
      expect(readdirSync(state).filter((name) => !['sample.json', 'sample.json.new'].includes(name))).toEqual([]);
    }
  });
});
