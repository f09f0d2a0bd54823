import { createServer } from 'node:http';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { follow } from '../../src/agent/follow.ts';
import { profileFrom } from '../../src/agent/node-file.ts';
import { reportOf } from '../../src/agent/report.ts';
import type { JsonValue } from '../../src/core/difference.ts';
import { localHost } from '../../src/hosts/local.ts';
import { DEADLINES } from '../../src/hosts/local/limits.ts';
import { listening } from '../contracts/host/places.ts';
import { bundled, folderForTests, NO_NODE_20, NODES } from './bundle.ts';
import { reportAfter, startFollower } from './follower.ts';

const folder = folderForTests();
let agent = '';
beforeAll(async () => {
  agent = await bundled('src/agent/main.ts', folder);
});

const environment = () => ({ PATH: process.env['PATH'], HOME: folder, WARD_STATE_DIR: mkdtempSync(join(folder, 'state-')) });
const follower = (node: string) => startFollower(node, agent, environment());

/** How often it is asked for its memory's sake; 10,000 is what was promised. */
const ASKS = Number(process.env['WARD_TEST_ASKS'] ?? 100);
const WARM_UP = Math.min(1_000, ASKS / 3);
/** After so many a long run says how much memory it has. */
const MARKS = [1_000, 2_000, 5_000, 10_000];

describe.each(NODES)(`an agent that follows, on Node.js $version${NO_NODE_20}`, ({ node, version }) => {
  it('answers a line with a whole report, and the next with what changed', async () => {
    const { ask } = follower(node);
    const first = await ask();
    expect(first).toMatchObject({ seq: 1, report: { schema_version: 1, states: { system: 'ok' } } });
    const before = reportAfter(undefined, first);
    const second = await ask(first.digest);
    expect(second).toMatchObject({ seq: 2, base: first.digest });
    expect(second.report).toBeUndefined();
    expect(JSON.stringify(second).length).toBeLessThan(JSON.stringify(first).length);
    const after = reportAfter(before, second) as { timestamp: string; states: object };
    expect(after.states).toEqual((before as unknown as typeof after).states);
    expect(after.timestamp > (before as unknown as typeof after).timestamp).toBe(true);
  });

  it('gives a whole report where it is asked for one, and to whoever has another than its last', async () => {
    const { ask } = follower(node);
    const first = await ask();
    const second = await ask(first.digest);
    expect(await ask(first.digest)).toMatchObject({ seq: 3, report: { schema_version: 1 } });
    expect(await ask('-')).toMatchObject({ seq: 4, report: { schema_version: 1 } });
    expect(await ask(second.digest)).toMatchObject({ seq: 5, report: { schema_version: 1 } });
  });

  it('ends at once when its channel does, also while it collects', async () => {
    const idle = follower(node);
    await idle.ask();
    idle.child.stdin.end();
    expect(await idle.ended).toEqual([0, null]);
    const busy = follower(node);
    void busy.ask();
    await expect.poll(() => cpuTicks(busy.child.pid ?? 0)).toBeGreaterThan(0);
    busy.child.stdin.end();
    expect(await busy.ended).toEqual([0, null]);
    const unread = follower(node);
    await unread.ask();
    unread.child.stdout.destroy();
    unread.child.stdin.write(`report ${'a'.repeat(32)} -\n`);
    // Nobody reads any more; the line itself is open.
    unread.child.stdin.end();
    expect(await unread.ended).toEqual([0, null]);
  });

  it.each(['report', 'report - -', 'report ; id', `report ${'g'.repeat(32)} -`, `report ${'a'.repeat(32)} -x`, 'x'.repeat(500)])(
    'ends with a sentence where a line is %j',
    async (line) => {
      const { child, errors, ended } = follower(node);
      child.stdin.write(`${line}\n`);
      expect(await ended).toEqual([2, null]);
      expect(errors()).toContain('ward: a line is none of follow');
    },
  );

  it(`keeps its memory, files and processes as they are over ${ASKS} asks`, { timeout: ASKS * 500 + 60_000 }, async () => {
    const { ask, child } = follower(node);
    const pid = child.pid ?? 0;
    let has = '-';
    let report: JsonValue | undefined;
    const asks = async (count: number) => {
      for (let at = 0; at < count; at += 1) {
        const answer = await ask(has);
        report = reportAfter(report, answer);
        has = answer.digest;
        if (MARKS.includes(answer.seq)) console.log(`Node.js ${version} after ${answer.seq} asks: ${residentMib(pid).toFixed(1)} MiB`);
      }
    };
    await asks(WARM_UP);
    const before = { mib: residentMib(pid), files: openFiles(pid) };
    await asks(ASKS - WARM_UP);
    const after = { mib: residentMib(pid), files: openFiles(pid) };
    expect(after.files).toBeLessThanOrEqual(before.files + 2);
    expect(after.mib).toBeLessThan(before.mib + (ASKS < 1_000 ? YOUNG_MIB : before.mib * 0.25 + 4));
    expect(childrenOf(pid)).toEqual('');
  });
});

/** What V8 lets young objects fill before it looks among them for those that are not used any more: of few asks no more can be said. */
const YOUNG_MIB = 48;

describe('a question that hangs', () => {
  it('costs its own round no more than its deadline, and the next one nothing', { timeout: 30_000 }, async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      if (asked > 1) response.end('well');
    });
    const to = `http://${await listening(server)}/`;
    const [input, frames] = [new PassThrough(), [] as string[]];
    const report = async () => (await reportOf(localHost(), profileFrom(`checks: [{http: "${to}"}]`), null, ['checks'])).report;
    const over = follow({ input, report, print: async (text) => void frames.push(text) });
    const begun = performance.now();
    input.write(`report ${'a'.repeat(32)} -\nreport ${'b'.repeat(32)} -\n`);
    await expect.poll(() => frames.length, { timeout: 20_000 }).toBe(2);
    expect(performance.now() - begun).toBeLessThan(DEADLINES.http + 2_000);
    expect(frames[0]).toContain('"passed":false');
    expect(frames[1]).toContain('"passed":true');
    input.end();
    await over;
  });
});

function cpuTicks(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[13]);
}

function residentMib(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

function openFiles(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

function childrenOf(pid: number): string {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
}
