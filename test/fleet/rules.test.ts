import { describe, expect, it } from 'vitest';
import type { FailureCause } from '../../src/core/snapshot.ts';
import { networkFrom } from '../../src/fleet/own-network.ts';
import { evaluated, findings, node, plainReport, taken } from './report/fleet.ts';

const silent = (name: string, cause: FailureCause = 'timeout', message = 'connection timed out') =>
  node(name, { failure: { cause, message, next: `ping -c 3 ${name}` } });
const well = (name: string, more: Record<string, unknown> = {}) => node(name, { report: taken(plainReport(more)) });

describe('rules of the fleet', () => {
  it('say of a node without a report what is wrong, in one finding', () => {
    const causes: [FailureCause, string][] = [
      ['timeout', 'critical ssh/unreachable'],
      ['hung', 'critical ssh/unreachable'],
      ['host-key-changed', 'critical ssh/host-key-changed'],
      ['host-key-unknown', 'warning ssh/not-enrolled'],
      ['sudo', 'critical ssh/login-refused'],
      ['no-agent', 'warning ssh/no-agent'],
      ['replay', 'critical ssh/replay'],
      ['truncated', 'critical ssh/no-report'],
      ['version', 'critical ssh/no-report'],
    ];
    for (const [cause, found] of causes) expect(findings([silent('a', cause), well('b'), well('c')])).toEqual([`${found} a ssh`]);
    expect(evaluated([silent('a'), well('b')]).findings).toMatchObject([
      { message: 'Does not answer: connection timed out', next: { on: 'here', command: 'ping -c 3 a' } },
    ]);
  });

  it('tell of a silent node when others of its mesh last heard it, outside or inside of the mesh', () => {
    const peer = (endpoint: string | null, allowed_ips: string, handshake_age_sec: number | null) => ({
      ...{
        public_key: `${endpoint}`,
        endpoint,
        allowed_ips,
        latest_handshake: 1,
        handshake_age_sec,
        transfer_rx_bytes: 0,
        transfer_tx_bytes: 0,
      },
      ...{ keepalive: 25, never_shook_hands: handshake_age_sec === null },
    });
    const hears = (name: string, one: ReturnType<typeof peer>) => well(name, { wireguard: { interface_up: true, peers: [one] } });
    const told = (host: string, others: readonly ReturnType<typeof well>[]) =>
      evaluated([{ ...silent('x'), host }, ...others]).findings.find(({ rule }) => rule === 'ssh/unreachable')?.evidence.answered;
    expect(
      told('203.0.113.9', [hears('a', peer('203.0.113.9:51820', '10.0.0.9/32', 720)), hears('b', peer('203.0.113.9:51820', '', 790))]),
    ).toBe('connection timed out; a and b last shook hands with it 12 to 13 min ago over WireGuard, so it is silent to them too');
    expect(told('10.0.0.9', [hears('a', peer('[2001:db8::9]:51820', '10.0.0.9/32', 40)), hears('b', peer(null, '10.0.0.9/32', 790))])).toBe(
      'connection timed out; a shook hands with it 40 s ago over WireGuard, so it ran then',
    );
    expect(told('2001:db8::9', [hears('a', peer('[2001:db8::9]:51820', '10.0.0.9/32', 40))])).toMatch(
      /^connection timed out; a shook hands/,
    );
    for (const other of [peer('203.0.113.90:51820', '10.0.0.90/32', 40), peer('203.0.113.9:51820', '10.0.0.9/32', null)])
      expect(told('203.0.113.9', [hears('a', other)])).toBe('connection timed out');
  });

  it('have nodes behind a jump host that does not answer follow from it, and never call that half of the fleet', () => {
    const behind = (name: string, cause: FailureCause) =>
      node(name, { failure: { cause, message: 'on the way, at bastion: connection timed out', next: '', at: 'bastion' } });
    const nodes = [...['a', 'b', 'c'].map((name) => behind(name, 'timeout')), well('d')];
    const muted = ['a', 'b', 'c'].map((name) => `critical ssh/unreachable ${name} ssh muted`);
    expect(findings([silent('bastion'), ...nodes])).toEqual([...muted, 'critical ssh/unreachable bastion ssh'].sort());
    expect(findings([silent('bastion', 'host-key-changed'), behind('a', 'host-key-changed'), well('d')])).toEqual([
      'critical ssh/host-key-changed a ssh muted',
      'critical ssh/host-key-changed bastion ssh',
    ]);
    expect(findings([well('bastion'), behind('a', 'other'), well('d')])).toEqual(['critical ssh/unreachable a ssh']);
  });

  it('bad input 37: a clock that is an hour or fifty years off is a finding, and no more than that', () => {
    for (const timestamp of ['2026-02-16T13:00:00.000Z', '1976-02-16T12:00:00.000Z']) {
      expect(findings([well('a', { timestamp }), well('b'), well('c')])).toEqual(['warning system/clock-skew a clock']);
    }
  });

  it('bad input 38: two nodes with one machine id are found, a host name in common is not', () => {
    const id = '0123456789abcdef0123456789abcdef';
    expect(findings([well('b', { machine_id: id }), well('a', { machine_id: id }), well('c')])).toEqual([
      'warning fleet/duplicate-identity cluster 01234567',
    ]);
    expect(findings([well('a'), well('b')])).toEqual([]);
    expect(findings([well('a', { machine_id: '\u001b[2J' }), well('b', { machine_id: '\u001b[2J' })])).toEqual([]);
  });

  it('bad input 39: half of the fleet gone at once is one finding, which asks first whether this machine is cut off', () => {
    const fleet = [...['a', 'b', 'c'].map((name) => silent(name)), ...['d', 'e', 'f'].map((name) => well(name))];
    expect(findings(fleet)).toEqual([
      'critical ssh/unreachable a ssh muted',
      'critical ssh/unreachable b ssh muted',
      'critical ssh/unreachable c ssh muted',
      'critical ssh/fleet-unreachable cluster fleet',
    ]);
    const message = (own_network: ReturnType<typeof networkFrom>) =>
      evaluated(fleet, { own_network }).findings.find(({ rule }) => rule === 'ssh/fleet-unreachable')?.message;
    expect(message({ default_route: true, gateway: '192.0.2.1', gateway_answers: true })).toBe('3 of 6 nodes do not answer');
    expect(message({ default_route: false, gateway: null, gateway_answers: null })).toBe(
      '3 of 6 nodes do not answer; probably they run, for this machine has no default route',
    );
    expect(message({ default_route: true, gateway: '192.0.2.1', gateway_answers: false })).toMatch(
      /this machine's gateway 192\.0\.2\.1 does not answer$/,
    );
    expect(findings([silent('a'), silent('b'), well('c'), well('d'), well('e'), well('f'), well('g')])).toEqual([
      'critical ssh/unreachable a ssh',
      'critical ssh/unreachable b ssh',
    ]);
  });

  it('read from the tables of the kernel whether there is a way out', () => {
    const routes = 'Iface\tDestination\tGateway \tFlags\nwg0\t0000000A\t00000000\t0001\neth0\t00000000\t0101A8C0\t0003\n';
    const neighbours = (flags: string) =>
      `IP address HW type Flags HW address Mask Device\n192.168.1.1 0x1 ${flags} 00:11:22:33:44:55 * eth0\n`;
    expect(networkFrom(routes, neighbours('0x2'))).toEqual({ default_route: true, gateway: '192.168.1.1', gateway_answers: true });
    expect(networkFrom(routes, neighbours('0x0'))).toMatchObject({ gateway_answers: false });
    expect(networkFrom(routes, 'IP address\n')).toMatchObject({ gateway_answers: null });
    expect(networkFrom('Iface\tDestination\n', null)).toEqual({ default_route: false, gateway: null, gateway_answers: null });
    expect(networkFrom(null, null)).toEqual({ default_route: null, gateway: null, gateway_answers: null });
  });

  it('say what is wrong with a report itself: the file of the node, what it expects, and mistakes of ward', () => {
    const unknown = [
      { path: 'profile', kind: 'unparsed', reason: '/etc/wardround/node.yaml:3: unknown key "unit"' },
      { path: 'dns', kind: 'absent', reason: 'neither CoreDNS nor Caddy' },
      { path: 'system.load_avg_1', kind: 'failed', reason: 'fault in ward: x is not a function' },
      { path: 'system.load_avg_5', kind: 'failed', reason: 'fault in ward: x is not a function' },
    ];
    expect(findings([well('a', { unknown, expected: ['dns', 'wireguard'], states: { dns: 'absent' } })])).toEqual([
      'warning report/collector-fault a system',
      'warning report/expected-absent a dns',
      'warning report/node-file a node.yaml',
    ]);
  });
});
