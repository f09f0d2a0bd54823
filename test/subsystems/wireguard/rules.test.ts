import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/core/evaluate.ts';
import { CLUSTER, fleetRule } from '../../../src/core/rule.ts';
import type { Snapshot } from '../../../src/core/snapshot.ts';
import { rules } from '../../../src/subsystems/wireguard/rules.ts';
import { mesh, node, peer, section, snapshotOf } from './fleet.ts';

/** Stands for the fleet's own rule about nodes that do not answer. */
const unreachable = fleetRule<unknown>()({
  name: 'unreachable',
  severity: 'critical',
  about: 'A node does not answer.',
  source: 'test',
  levels: {},
  compare: (_fleet, _levels, { nodes }) =>
    nodes
      .filter(({ report }) => report === null)
      .map(({ name }) => ({
        node: name,
        subject: name,
        message: `${name} does not answer`,
        evidence: { asked: '', answered: '', limit: '' },
      })),
});

/** What is found, in short: severity, state, rule, node and subject. */
function found(snapshot: Snapshot): string[] {
  const { findings } = evaluate(
    snapshot,
    [
      { name: 'wireguard', rules },
      { name: 'ssh', rules: [unreachable] },
    ],
    [],
  );
  return findings
    .filter(({ subsystem }) => subsystem === 'wireguard')
    .map(({ severity, state, rule, node: at, subject }) => `${severity} ${state} ${rule.slice('wireguard/'.length)} ${at} ${subject}`);
}

const silent = { handshake_age_sec: 700 };
const never = { never_shook_hands: true, handshake_age_sec: null, latest_handshake: null };

describe('handshakes', () => {
  it('a silent peer counts only where something is sent to it', () => {
    const idle = peer('b', { ...silent, keepalive: null });
    const grows = { traffic: [{ public_key: idle.public_key, rx_bytes_per_s: 0, tx_bytes_per_s: 0.25 }] };
    expect(found(snapshotOf(node('a', section('a', [idle]))))).toEqual([]);
    expect(found(snapshotOf(node('a', section('a', [idle], { traffic: null }))))).toEqual([]);
    expect(found(snapshotOf(node('a', section('a', [idle], grows))))).toEqual(['warning firing handshake-stale a bxxxxxxx']);
  });

  it('silence towards a node that does not answer follows from that, by its address or because no other key is left', () => {
    const toDead = (endpoint: string) =>
      snapshotOf(
        node('a', section('a', [peer('dead', { ...silent, endpoint }), peer('b')])),
        node('b', section('b', [peer('dead', { ...silent, endpoint }), peer('a')])),
        node('dead', null),
      );
    for (const endpoint of ['dead.example.net:51820', '192.0.2.7:51820']) {
      expect(found(toDead(endpoint))).toEqual(['warning muted handshake-stale a dead', 'warning muted handshake-stale b dead']);
    }
  });

  it('does not guess whose a key is where two nodes are silent', () => {
    const peers = [peer('dead', { ...silent, endpoint: '192.0.2.7:51820' })];
    const all = snapshotOf(
      node('a', section('a', [...peers, peer('b')])),
      node('b', section('b', [...peers, peer('a')])),
      node('dead', null),
      node('gone', null),
    );
    expect(found(all)).toEqual(['warning firing handshake-stale a deadxxxx', 'warning firing handshake-stale b deadxxxx']);
  });

  it('of an interface that is down are no further news', () => {
    const down = section('a', [peer('b', silent), peer('c', never)], { interface_up: false });
    expect(found(snapshotOf(node('a', down)))).toEqual(['critical firing interface-down a wg0']);
  });

  it('a node that began less than 5 minutes ago raises no alarm, seen from either side', () => {
    const young = node('b', section('b', [peer('a', never)]), { uptime_s: 40 });
    expect(found(snapshotOf(node('a', section('a', [peer('b', never)])), young))).toEqual([
      'info firing never-shook-hands a b',
      'info firing never-shook-hands b a',
    ]);
  });

  it('a peer that nobody knows and that must call first may not have called yet', () => {
    expect(found(snapshotOf(node('a', section('a', [peer('phone', { ...never, endpoint: null, keepalive: null })]))))).toEqual([
      'info firing never-shook-hands a phonexxx',
    ]);
    expect(found(snapshotOf(node('a', section('a', [peer('phone', never)]))))).toEqual(['critical firing never-shook-hands a phonexxx']);
  });
});

describe('symmetry', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const without = (nodes: ReturnType<typeof mesh>, at: string, missing: string) =>
    nodes.map((each) =>
      each.name === at
        ? node(
            at,
            section(
              at,
              names.filter((name) => name !== at && name !== missing).map((name) => peer(name)),
            ),
          )
        : each,
    );

  it('is there in a full mesh and in a star', () => {
    const star = [
      node(
        'a',
        section(
          'a',
          names.slice(1).map((name) => peer(name)),
        ),
      ),
      ...names.slice(1).map((name) => node(name, section(name, [peer('a')]))),
    ];
    expect(found(snapshotOf(...mesh(names)))).toEqual([]);
    expect(found(snapshotOf(...star))).toEqual([]);
  });

  it('is broken by one side, and told of the node that lacks the other', () => {
    expect(found(snapshotOf(...without(mesh(names), 'b', 'd')))).toEqual(['critical firing asymmetry b d']);
  });

  it('is broken by both sides, where the others are all linked', () => {
    expect(found(snapshotOf(...without(without(mesh(names), 'b', 'd'), 'd', 'b')))).toEqual(['critical firing asymmetry b d']);
  });

  it('a node that does not answer is still expected as a peer', () => {
    const nodes = without(mesh(names), 'b', 'e').map((each) => (each.name === 'e' ? node('e', null) : each));
    expect(found(snapshotOf(...nodes)).filter((text) => text.includes('asymmetry'))).toEqual(['critical firing asymmetry b e']);
  });

  it('says nothing of two tunnels that have nothing to do with each other', () => {
    const apart = ['a', 'b'].map((name) =>
      node(name, section(name, [peer(`phone-of-${name}`)], { wg_ip: '10.8.0.1', mtu: name === 'a' ? 1380 : 1420 })),
    );
    expect(found(snapshotOf(...apart))).toEqual([]);
  });
});

describe('what nodes of a mesh must not share', () => {
  it('one key, one address', () => {
    const nodes = mesh(['a', 'b', 'c'], (name) => ({ wg_ip: name === 'a' ? '10.0.0.1' : '10.0.0.2' }));
    expect(found(snapshotOf(...nodes))).toEqual([`critical firing address-clash ${CLUSTER} 10.0.0.2`]);
    const cloned = node('d', section('c', [peer('a'), peer('b')]));
    expect(found(snapshotOf(...mesh(['a', 'b', 'c']), cloned))).toContain(`critical firing duplicate-key ${CLUSTER} cxxxxxxx`);
  });
});
