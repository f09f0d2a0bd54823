import { once } from 'node:events';
import { createSocket } from 'node:dgram';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { collectAll } from '../../../src/core/collect.ts';
import { type Profile, PROFILES } from '../../../src/core/profile.ts';
import type { UnknownEntry } from '../../../src/core/report.ts';
import { localHost } from '../../../src/hosts/local.ts';
import { collect } from '../../../src/subsystems/network/collect.ts';
import type { Network } from '../../../src/subsystems/network/section.ts';

/** What this machine says of its network, with these wishes of its owner. */
async function looked(wishes: Partial<Profile['network']> = {}): Promise<{ network: Network; unknown: UnknownEntry[] }> {
  const profile = { ...PROFILES.default, network: { ...PROFILES.default.network, ...wishes } };
  const { sections, unknown } = await collectAll({ network: collect }, localHost(), profile, null);
  return { network: sections['network'] as Network, unknown };
}

const open: { close(): unknown }[] = [];

async function listener(host: string): Promise<number> {
  const server: Server = createServer((socket) => socket.end());
  open.push(server);
  server.listen(0, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

describe('the network of this machine', () => {
  it('has every port that waits, with who holds it and where, TCP and UDP apart', async () => {
    const port = await listener('127.0.0.1');
    const udp = createSocket('udp4').bind(0, '127.0.0.1');
    open.push(udp);
    await once(udp, 'listening');
    const { network } = await looked();
    const found = (wanted: number) => network.listening_ports?.filter((each) => each.port === wanted) ?? [];
    expect(found(port)).toMatchObject([{ proto: 'tcp', addresses: ['127.0.0.1'], process: expect.any(String) }]);
    expect(found(udp.address().port)).toMatchObject([{ proto: 'udp', addresses: ['127.0.0.1'] }]);
  });

  it('says of an expected port whether anybody holds it', async () => {
    const port = await listener('127.0.0.1');
    const ports = [
      { port, proto: 'tcp' },
      { port, proto: 'udp' },
    ] as const;
    expect((await looked({ ports })).network.expected_ports).toEqual([
      { port, proto: 'tcp', held: true },
      { port, proto: 'udp', held: false },
    ]);
  });

  it('reaches what takes a connection, and says why it does not reach what refuses', async () => {
    const port = await listener('127.0.0.1');
    const reach = `127.0.0.1:${port}`;
    expect((await looked({ reach })).network).toMatchObject({ internet_reachable: true, reach_target: reach, reach_error: '' });
    for (const each of open.splice(0)) each.close();
    expect((await looked({ reach })).network).toMatchObject({ internet_reachable: false, reach_error: 'nobody listens there' });
  });

  it('asks nobody where no target is named', async () => {
    const { network, unknown } = await looked();
    expect(network.internet_reachable).toBeNull();
    expect(unknown).toContainEqual({
      path: 'network.internet_reachable',
      kind: 'absent',
      reason: 'no target is named: network.reach in node.yaml',
    });
  });

  it('has every address of a running interface, but for loopback and those of one link', async () => {
    const own = Object.values(networkInterfaces())
      .flat()
      .flatMap((each) => (each === undefined || each.internal || each.scopeid ? [] : [each.address]));
    const plain = (address: string) => new URL(`http://${address.includes(':') ? `[${address}]` : address}`).hostname;
    const found = (await looked()).network.addresses?.map(plain) ?? [];
    expect(found).toEqual(expect.arrayContaining(own.map(plain)));
    expect(found.filter((address) => /^(127\.|\[::1\]|\[fe80)/.test(address))).toEqual([]);
  });
});
