import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NodeSnapshot } from '../../../src/core/snapshot.ts';
import { gather, type GatherOptions } from '../../../src/fleet/gather.ts';
import type { NodeConfig } from '../../../src/fleet/node-config.ts';
import { bundled, folderForTests } from '../../agent/bundle.ts';
import { inventoryOf } from '../../fleet/ask.ts';
import { nodeOf, putProgram, SSHD, type Sshd, startSshd, WITHOUT_SSHD } from '../../fleet/sshd.ts';
import { slowLink } from './slow-link.ts';

const hasNode = ['/usr/bin/node', '/usr/local/bin/node'].some((path) => existsSync(path));
const NO_BUNDLE = '/nonexistent/agent.cjs';

describe.skipIf(SSHD === null)(`a node without an agent${WITHOUT_SSHD}`, () => {
  let sshd: Sshd;
  let state: string;
  const kept = process.env['WARD_STATE_DIR'];
  beforeAll(async () => {
    sshd = await startSshd();
    state = mkdtempSync(join(tmpdir(), 'ward-state-'));
    process.env['WARD_STATE_DIR'] = state;
  });
  afterAll(async () => {
    if (kept === undefined) delete process.env['WARD_STATE_DIR'];
    else process.env['WARD_STATE_DIR'] = kept;
    rmSync(state, { recursive: true });
    await sshd.stop();
  });

  const asked = async (options: Partial<GatherOptions> = {}, node: NodeConfig = nodeOf(sshd)): Promise<NodeSnapshot> =>
    (await gather(inventoryOf([node]), [node], { timeout_ms: 15_000, bundle: NO_BUNDLE, ...options })).nodes[0] as NodeSnapshot;

  it('is asked through its shell, and says so; its counters are kept here', async () => {
    expect(await asked()).toMatchObject({
      failure: null,
      via: 'shell',
      notes: ['No agent is installed there: its own shell was asked, and nothing is put there.'],
      report: { states: { system: 'ok', network: 'ok', processes: 'ok' }, collect_ms: expect.any(Number) as number },
    });
    expect(readdirSync(join(state, 'samples'))).toHaveLength(1);
  });

  it.skipIf(!hasNode)(
    `that has Node.js gets the agent into its memory${hasNode ? '' : ' (skipped: there is no Node.js in /usr/bin or /usr/local/bin)'}`,
    async () => {
      const bundle = await bundled('src/agent/main.ts', folderForTests());
      expect(await asked({ bundle, agentless: 'only' })).toMatchObject({
        failure: null,
        via: 'sent',
        notes: ['No agent was looked for: one was sent along and run from memory, and nothing of it stays.'],
        report: { states: { system: 'ok' } },
      });
    },
  );

  it('that has an agent is asked without it where that is wished', async () => {
    putProgram(sshd, 'ward', '#!/bin/sh\nexit 1\n');
    expect(await asked({ agentless: 'only' })).toMatchObject({ failure: null, via: 'shell' });
    rmSync(join(sshd.bin, 'ward'));
  });

  it('tells why it does not answer as any other does', async () => {
    expect((await asked({ agentless: 'only' }, nodeOf(sshd, { port: 1 }))).failure).toMatchObject({ cause: 'refused' });
    expect((await asked({ agentless: 'only' }, nodeOf(sshd, { identity_file: '/dev/null' }))).failure).toMatchObject({
      cause: 'authentication',
    });
  });

  it('has its whole report after at most 8 round trips from its login on', async () => {
    // So long that what the machine itself takes, however busy, is no trip.
    const ROUND_TRIP_MS = 400;
    const sent: number[] = [];
    const link = await slowLink(sshd.port, {
      ...{ delay_ms: ROUND_TRIP_MS / 2, bytes_per_s: null, stops_after: null },
      onSent: () => sent.push(performance.now()),
    });
    let connected_ms = 0;
    const onProgress: GatherOptions['onProgress'] = ({ state: at }) => {
      if (at === 'connected') connected_ms = performance.now();
    };
    const known_hosts = join(state, 'known');
    writeFileSync(known_hosts, readFileSync(sshd.knownHosts, 'utf8').replace(`:${sshd.port} `, `:${link.port} `));
    const { report } = await asked({ agentless: 'only', onProgress }, nodeOf(sshd, { port: link.port, known_hosts }));
    await link.close();
    expect(report?.states['system']).toBe('ok');
    // What leaves within a round trip of the first piece answers nothing that came since. One trip opens the channel, one brings the shell's first word.
    const flights: number[] = [];
    for (const at of sent) if (at > connected_ms && at - (flights.at(-1) ?? 0) >= ROUND_TRIP_MS) flights.push(at);
    expect(flights.length).toBeGreaterThan(1);
    expect(flights.length + 2).toBeLessThanOrEqual(8);
  });
});
