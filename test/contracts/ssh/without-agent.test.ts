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
import { sshProgram } from '../../../src/fleet/ssh/program.ts';

const hasNode = ['/usr/bin/node', '/usr/local/bin/node'].some((path) => existsSync(path));
const COUNTING_SSH = new URL('counting-ssh.ts', import.meta.url).pathname;
/** Between login and the first question: ssh opens a channel, and starts the shell on it, for whose leave to send it waits. */
const OF_SSH = 2;
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

  it('has its whole report after at most 8 round trips of 50 ms from its login on', async () => {
    const folder = mkdtempSync(join(state, 'path-'));
    const counted = join(folder, 'trips');
    const words = [process.execPath, COUNTING_SSH, counted, '50', sshProgram('ssh')];
    writeFileSync(join(folder, 'ssh'), `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`, { mode: 0o755 });
    const path = process.env['PATH'];
    process.env['PATH'] = `${folder}:${path}`;
    const { report } = await asked({ agentless: 'only' });
    process.env['PATH'] = path;
    expect(report?.states).toMatchObject({ system: 'ok', network: 'ok', processes: 'ok' });
    const trips = Number(readFileSync(counted, 'utf8'));
    expect(trips).toBeGreaterThan(1);
    expect(OF_SSH + trips).toBeLessThanOrEqual(8);
  });
});
