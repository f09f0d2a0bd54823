import { describe, expect, it } from 'vitest';
import { ipv4Routes, localIpv4Addresses } from '../../../src/core/ipv4-routes.ts';
import { ownAddress } from '../../../src/subsystems/wireguard/own-address.ts';

const TITLE = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT';

/** Lines of /proc/net/route: interface, network, gateway and mask in the kernel's hexadecimal. */
function routes(...lines: readonly [string, string, string, string][]) {
  return ipv4Routes(
    [TITLE, ...lines.map(([name, network, gateway, mask]) => `${name}\t${network}\t${gateway}\t0001\t0\t0\t0\t${mask}\t0\t0\t0`)].join(
      '\n',
    ),
  );
}

const ETH0: [string, string, string, string] = ['eth0', '007100CB', '00000000', '00FFFFFF'];
const DEFAULT: [string, string, string, string] = ['eth0', '00000000', '017100CB', '00000000'];

describe('the address of an interface', () => {
  it('is the local one inside the network that the interface is on', () => {
    expect(ownAddress('wg0', routes(DEFAULT, ETH0, ['wg0', '0000000A', '00000000', '00FFFFFF']), ['10.0.0.1', '203.0.113.11'])).toBe(
      '10.0.0.1',
    );
  });

  it('is the one that no network covers, where wg-quick gave it a /32 and each peer its own route', () => {
    expect(ownAddress('wg0', routes(DEFAULT, ETH0, ['wg0', '0200000A', '00000000', 'FFFFFFFF']), ['10.0.0.1', '203.0.113.11'])).toBe(
      '10.0.0.1',
    );
  });

  it('is not that of a narrower network behind a wide route through the tunnel', () => {
    expect(
      ownAddress('wg0', routes(ETH0, ['wg0', '000000CB', '00000000', '000000FF'], ['wg0', '0000000A', '00000000', '00FFFFFF']), [
        '10.0.0.1',
        '203.0.113.11',
      ]),
    ).toBe('10.0.0.1');
  });

  it('is not known where two could be it', () => {
    const both = routes(['wg0', '0200000A', '00000000', 'FFFFFFFF'], ['eth0', '017100CB', '00000000', 'FFFFFFFF']);
    expect(() => ownAddress('wg0', both, ['10.0.0.1', '203.0.113.11'])).toThrow(expect.objectContaining({ kind: 'failed' }));
  });

  it('is absent where no IPv4 goes through the interface', () => {
    expect(() => ownAddress('wg0', routes(DEFAULT), ['203.0.113.11'])).toThrow(expect.objectContaining({ kind: 'absent' }));
  });

  it('reads the local addresses of /proc/net/fib_trie once each, without loopback', () => {
    const text = `Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 10.0.0.1
        /32 host LOCAL
     |-- 10.0.0.0
        /24 link UNICAST
     |-- 127.0.0.1
        /32 host LOCAL
     |-- 10.0.0.255
        /32 link BROADCAST
Local:
     |-- 10.0.0.1
        /32 host LOCAL
`;
    expect(localIpv4Addresses(text)).toEqual(['10.0.0.1']);
    expect(() => localIpv4Addresses('nonsense')).toThrow(expect.objectContaining({ kind: 'unparsed' }));
  });
});
