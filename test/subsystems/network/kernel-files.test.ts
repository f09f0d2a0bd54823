import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipv4Text } from '../../../src/core/ipv4.ts';
import { shownListeners, tcpStates } from '../../../src/core/socket-table.ts';
import { Unknown } from '../../../src/core/unknown.ts';
import { ufwEnabled } from '../../../src/subsystems/network/firewall.ts';
import { interfaceCounters } from '../../../src/subsystems/network/interfaces.ts';
import { ipv6Routes } from '../../../src/subsystems/network/routing.ts';
import { tcpCounters } from '../../../src/subsystems/network/tcp.ts';
import { ufwRules } from '../../../src/subsystems/network/ufw-rules.ts';

const unparsed = expect.objectContaining({ kind: 'unparsed' });
const NONE = '0'.repeat(32);

/** A line of /proc/net/ipv6_route. */
function route6(...[network, bits, gateway, metric, flags, name]: readonly [string, string, string, string, string, string]): string {
  return `${network} ${bits} ${NONE} 00 ${gateway} ${metric} 00000001 00000000 ${flags}     ${name}`;
}

const DEV = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`;

describe('counters of interfaces', () => {
  it('stand in their columns, also where a name holds a colon or the number follows it at once', () => {
    const counted = interfaceCounters(
      `${DEV}  eth0:1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n br:0: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n`,
    );
    const columns = { rx_bytes: 1, rx_packets: 2, rx_errors: 3, rx_drops: 4, tx_bytes: 9, tx_packets: 10, tx_errors: 11, tx_drops: 12 };
    expect(counted).toEqual({ eth0: columns, 'br:0': columns });
  });

  it.each(['', 'nonsense', `${DEV}eth0: 1 2 3\n`, `${DEV}eth0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n`])(
    'are not read from %j',
    (text) => {
      expect(() => interfaceCounters(text)).toThrow(unparsed);
    },
  );
});

describe('counters of TCP', () => {
  it('are found by name, wherever the kernel puts them', () => {
    expect(tcpCounters('Tcp: RetransSegs CurrEstab Other OutSegs\nTcp: 3 2 9 100\n')).toEqual({ established: 2, out: 100, again: 3 });
  });

  it.each([
    '',
    'Tcp: CurrEstab OutSegs RetransSegs\n',
    'Tcp: CurrEstab OutSegs\nTcp: 1 2\n',
    'Tcp: CurrEstab OutSegs RetransSegs\nTcp: 1 x 2\n',
  ])('are not read from %j', (text) => {
    expect(() => tcpCounters(text)).toThrow(unparsed);
  });
});

describe('states of TCP', () => {
  const table = (...states: string[]) =>
    [
      '  sl  local_address rem_address   st',
      ...states.map((state, at) => `   ${at}: 0100007F:0016 00000000:0000 ${state} 0 0 0 0 0 1`),
    ].join('\n');

  it('are counted by their names, a request that has no socket yet as one that came in', () => {
    expect(tcpStates(table('01', '01', '06', '03', '0C', '0A'))).toEqual({ established: 2, time_wait: 1, syn_recv: 2, listen: 1 });
  });

  it('are none in an empty table, and no number for one that TCP has not', () => {
    expect(tcpStates(table())).toEqual({});
    expect(() => tcpStates(table('01', 'FF'))).toThrow(unparsed);
  });
});

describe('waiting sockets of ss', () => {
  const TITLE = 'Netid State  Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess\n';

  it('have addresses as in the tables of the kernel', () => {
    const text = `${TITLE}tcp   LISTEN 0 511 0.0.0.0:80 0.0.0.0:* uid:33 ino:20114 sk:3 <->\ntcp   LISTEN 0 4096 *:443 *:* ino:20115 sk:4 v6only:0 <->\nudp   UNCONN 0 0 [fe80::1]%eth0:546 [::]:* ino:7 sk:2 <->\ntcp LISTEN 0 1 127.0.0.53%lo:53 0.0.0.0:* ino:8 sk:9\n`;
    expect(shownListeners(text, 'tcp')).toEqual([
      { address: '0.0.0.0', port: 80, inode: 20114 },
      { address: '::', port: 443, inode: 20115 },
      { address: '127.0.0.53', port: 53, inode: 8 },
    ]);
    expect(shownListeners(text, 'udp')).toEqual([{ address: 'fe80::1', port: 546, inode: 7 }]);
  });

  it('are none under a title alone, and unknown without one', () => {
    expect(shownListeners(TITLE, 'tcp')).toEqual([]);
    expect(() => shownListeners('', 'tcp')).toThrow(unparsed);
  });
});

describe('routes of IPv6', () => {
  const REFUSED = route6(NONE, '00', NONE, 'ffffffff', '00200200', 'lo');

  it('lead out, or to an address of the machine; what the kernel refuses and what stays on one link is left out', () => {
    const routes = ipv6Routes(
      [
        REFUSED,
        route6('fe800000000000000000000000000000', '40', NONE, '00000100', '00000001', 'eth0'),
        route6('20010db8000000000000000000000020', '80', NONE, '00000000', '80200001', 'eth0'),
        route6(NONE, '00', 'fe800000000000000000000000000001', '00000400', '00000003', 'eth0'),
      ].join('\n'),
    );
    expect(routes).toEqual([
      { interface: 'eth0', network: '2001:db8:0:0:0:0:0:20', bits: 128, gateway: null, metric: 0, own: true },
      { interface: 'eth0', network: '::', bits: 0, gateway: 'fe80:0:0:0:0:0:0:1', metric: 1024, own: false },
    ]);
  });

  it.each(['', 'nonsense', `${REFUSED}\nshort`])('are not read from %j', (text) => {
    expect(() => ipv6Routes(text)).toThrow(unparsed);
  });
});

describe('UFW', () => {
  it.each([
    ['ENABLED=yes\n', true],
    ['# ENABLED=yes\nENABLED=no\n', false],
    ['ENABLED="YES"\n', true],
    ['enabled=yes \n', true],
  ])('is switched on as %j says', (text, on) => {
    expect(ufwEnabled(text)).toBe(on);
  });

  it('is unknown where its file says nothing', () => {
    expect(() => ufwEnabled('LOGLEVEL=low\n')).toThrow(unparsed);
  });
});

/** What comes of it: an Unknown of a parser, or what no parser may throw. */
function outcome(work: () => unknown): string {
  try {
    work();
    return 'a value';
  } catch (error) {
    return error instanceof Unknown ? error.kind : String(error);
  }
}

describe('any text at all', () => {
  const parsers = {
    interfaceCounters,
    tcpCounters,
    tcpStates,
    ipv6Routes,
    ufwEnabled,
    ufwRules,
    ss: (text: string) => shownListeners(text, 'tcp'),
  };
  const pieces = fc.constantFrom(
    DEV,
    'Tcp: ',
    'ENABLED=',
    '### RULES ###\n',
    '### tuple ### ',
    'allow tcp 22 ',
    '\n',
    ' ',
    ':',
    'local_address\n',
    NONE,
    '01 ',
    '\u001b[2J',
  );
  const text = fc.array(fc.oneof(pieces, fc.string())).map((parts) => parts.join(''));

  it.each(Object.entries(parsers))('%s gives a value or says that it is unparsed', (_name, parse) => {
    fc.assert(
      fc.property(text, (any) => {
        expect(['a value', 'unparsed']).toContain(outcome(() => parse(any)));
      }),
    );
  });
});

it('an IPv4 address as a number is written as people do', () => {
  expect([0, 0x0a000001, 0xffffffff].map(ipv4Text)).toEqual(['0.0.0.0', '10.0.0.1', '255.255.255.255']);
});
