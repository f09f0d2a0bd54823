import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gather } from '../../src/fleet/gather.ts';
import type { Inventory, NodeConfig } from '../../src/fleet/node-config.ts';
import { nodeOf, putWard, SSH, SSHD, type Sshd, startSshd, WITHOUT_SSHD } from './sshd.ts';

const inventory = (nodes: NodeConfig[], ssh = SSH): Inventory => ({ path: null, format: 'yaml', nodes, settings: [], ssh, notes: [] });

describe.skipIf(SSHD === null)(`a round over real ssh${WITHOUT_SSHD}`, () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await startSshd();
    putWard(sshd);
  });
  afterAll(() => sshd.stop());

  it('brings the report of a node, under the name that the inventory gives it', async () => {
    const node = nodeOf(sshd, { name: 'a', tags: ['x'] });
    const { nodes } = await gather(inventory([node]), [node], { timeout_ms: 15_000 });
    expect(nodes).toMatchObject([{ name: 'a', host: '127.0.0.1', tags: ['x'], via: 'ward', failure: null, address: '127.0.0.1' }]);
    expect(nodes[0]?.report).toMatchObject({ schema_version: 1, states: { system: 'ok' } });
  });
});
