import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gather } from '../../src/fleet/gather.ts';
import { keptChannels } from '../../src/fleet/kept-channels.ts';
import { probe } from '../../src/fleet/probe.ts';
import { inventoryOf } from '../fleet/ask.ts';
import { ownRuntime } from '../fleet/own-runtime.ts';
import { nodeOf, type Sshd } from '../fleet/sshd.ts';
import { buildWard, install, MISSING, sessionsOf, startHost, WHY } from './host.ts';

describe.skipIf(MISSING.length > 0)(`an installed agent, asked again and again${WHY}`, () => {
  ownRuntime();
  let host: Sshd;
  beforeAll(async () => {
    buildWard();
    host = await startHost();
    expect(await install(host)).toMatchObject({ kind: 'done' });
  });
  afterAll(() => host.stop());

  const asker = () => nodeOf(host, { user: 'wardround' });
  const inventory = () => inventoryOf([asker()], { keep_s: 60 });

  it('answers over one channel by way of sudo, as root, and leaves nothing when that ends', async () => {
    const channels = keptChannels();
    const round = async () => (await gather(inventory(), [asker()], { timeout_ms: 20_000, ask: channels.ask })).nodes[0];
    await round();
    await round();
    const before = host.log().split('Starting session').length;
    for (let at = 0; at < 3; at += 1)
      expect(await round()).toMatchObject({ failure: null, via: 'ward', report: { states: { system: 'ok' } } });
    expect(host.log().split('Starting session').length).toBe(before);
    const [connection] = sessionsOf(host).connections;
    expect(sessionsOf(host).all.length).toBeGreaterThan(2);
    channels.close();
    // What is left is the connection itself: sshd and its child of less privilege.
    await expect.poll(() => sessionsOf(host).all.length, { timeout: 5_000 }).toBeLessThanOrEqual(2);
    expect(sessionsOf(host).connections).toEqual([connection]);
  });

  it('tries what its machine knows, and nothing else', async () => {
    const options = { inventory: inventory(), timeout_ms: 20_000 };
    expect(await probe(asker(), 'tcp', '127.0.0.1:9094', options)).toMatchObject({ kind: 'answer', answer: { target: '127.0.0.1:9094' } });
    expect(await probe(asker(), 'tcp', '127.0.0.1:22', options)).toMatchObject({ kind: 'refused' });
  });
});
