import { describe, expect, it } from 'vitest';
import type { ProbeAnswer } from '../../src/core/probe.ts';
import type { NodeSnapshot } from '../../src/core/snapshot.ts';
import type { Probed } from '../../src/fleet/probe.ts';
import { inspect, probesFor } from '../../src/inspect/inspection.ts';
import { idOf, type Planned } from '../../src/inspect/probes/planned.ts';
import type { Result } from '../../src/inspect/result.ts';
import { node, report, round } from '../cli/fleet.ts';
import { line, nothingKnown } from './fleet.ts';

const ADDRESS = { a: '10.0.0.1', b: '10.0.0.2', c: '10.0.0.3' } as const;
type Name = keyof typeof ADDRESS;

/** A name server of one zone in a mesh of three. */
function server(name: Name, more: Partial<NodeSnapshot> = {}): NodeSnapshot {
  const others = Object.entries(ADDRESS).filter(([other]) => other !== name);
  const peers = others.map(([other, address]) => ({ public_key: `key of ${other}`, allowed_ips: `${address}/32`, endpoint: null }));
  const domain = { ...{ name: 'example.net', soa_resolves: true, soa_serial: 1, ns_resolves: true, ns: [] }, a: [], a_resolves: null };
  const sections = {
    network: nothingKnown('network'),
    wireguard: { ...nothingKnown('wireguard'), wg_ip: ADDRESS[name], public_key: `key of ${name}`, peers },
    dns: { ...nothingKnown('dns'), coredns_active: true, domains: [{ ...domain, wildcard_resolves: null }], certificates: [] },
  };
  return { ...node(name, report(sections)), via: 'ward', environment: 'testnet', ...more };
}

function planned(nodes: readonly NodeSnapshot[]): Planned[] {
  return probesFor(round(nodes).snapshot, { subsystems: [], nodes: new Set(nodes.map(({ name }) => name)) });
}

/** What the checks that nodes try come to where each of them answers like this. */
function results(nodes: readonly NodeSnapshot[], answer: (planned: Planned) => Probed): Result[] {
  const wanted = { subsystems: [], nodes: new Set(nodes.map(({ name }) => name)) };
  const tried = new Map(planned(nodes).map((each) => [idOf(each), answer(each)]));
  return inspect(round(nodes).snapshot, [], wanted, tried).filter(({ id }) => /(?:soa|ns)_outside|ping/.test(id));
}

function answered({ kind, target }: Planned, made: Readonly<Record<string, string | null>>): Probed {
  const whole = Object.entries(made).map(([subject, reason]) => ({
    ...{ subject, passed: reason === null, reason: reason ?? '', by: kind === 'dns' ? 'dns' : 'ping' },
    ...{ took_ms: 1.5, records: [], chain: null },
  }));
  const answer = { ...{ probe: kind, target, timestamp: '', version: '1.0.0', reason: '' }, results: whole } as ProbeAnswer;
  return { kind: 'answer', answer };
}

const FLEET = [server('a'), server('b'), server('c')];
const NOTHING = { SOA: null, NS: null, A: null, wildcard: null };

/** Everything goes well, but for what is given. */
function well(each: Planned, wrong: Readonly<Record<string, string>> = {}): Probed {
  if (each.kind === 'dns') return answered(each, NOTHING);
  const peers = Object.entries(ADDRESS).filter(([name]) => name !== each.from);
  return answered(each, Object.fromEntries(peers.map(([, address]) => [address, wrong[address] ?? null])));
}

describe('what an inspection has nodes try', () => {
  it('is the mesh from every node, and each name server from two others', () => {
    const tries = planned(FLEET).map(({ from, kind, on, target }) => `${from} ${kind} ${on} ${target.split('/')[1] ?? target}`);
    const mesh = ['a', 'b', 'c'].map((name) => `${name} mesh-ping ${name} all`);
    const zones = ['b dns a', 'c dns a', 'a dns b', 'c dns b', 'a dns c', 'b dns c'].map((each) => `${each} example.net`);
    expect(tries.sort()).toEqual([...mesh, ...zones].sort());
  });

  it('is nothing on a node that has no agent of ours, and nothing for another environment', () => {
    const fleet = [server('a'), server('b', { via: 'orama' }), server('c', { environment: 'devnet' })];
    expect(planned(fleet).map(({ from, kind }) => `${from} ${kind}`)).toEqual(['a dns', 'a mesh-ping', 'c mesh-ping']);
  });

  it('passes where all of it went well', () => {
    const all = results(FLEET, well);
    expect(all.filter(({ status }) => status !== 'pass').map(line)).toEqual([]);
    expect(all.map(line)).toContain('pass network.wg_mesh_ping a');
    expect(all.map(line)).toContain('pass dns.soa_outside c example.net');
  });

  it('fails by name where a peer does not answer', () => {
    const all = results(FLEET, (each) => well(each, { [ADDRESS.c]: 'no answer within 2 s' }));
    expect(all.filter(({ status }) => status === 'fail').map(({ message }) => message)).toEqual([
      'a gets no answer over the mesh from c (10.0.0.3): no answer within 2 s',
      'b gets no answer over the mesh from c (10.0.0.3): no answer within 2 s',
    ]);
  });

  it('only warns of a peer that gave no report at all, for that is told already', () => {
    const gone = server('c', { report: null, failure: { cause: 'timeout', message: 'connection timed out', next: '' } });
    const all = results([server('a'), server('b'), gone], (each) => well(each, { [ADDRESS.c]: 'no answer within 2 s' }));
    const ping = all.filter(({ id, status }) => id === 'network.wg_mesh_ping' && status !== 'skip');
    expect(ping.map(({ status, follows }) => `${status} ${follows}`)).toEqual(['warn c gave no report', 'warn c gave no report']);
  });

  it('passes a name server that one other reaches, and fails one that nobody does', () => {
    const silent = (each: Planned) => each.kind === 'dns' && (each.on === 'b' || (each.on === 'a' && each.from === 'b'));
    const lost = { ...NOTHING, SOA: 'no answer within 2 s' };
    const all = results(FLEET, (each) => (silent(each) ? answered(each, lost) : well(each)));
    const soa = all.filter(({ id }) => id === 'dns.soa_outside');
    expect(soa.map(line)).toEqual([
      'fail dns.soa_outside b example.net',
      'fail dns.soa_outside b example.net',
      'pass dns.soa_outside a example.net',
      'pass dns.soa_outside c example.net',
    ]);
    expect(soa[0]?.message).toBe('b does not answer for SOA of example.net, tried from a: no answer within 2 s');
  });

  it.each<[string, Probed, string]>([
    ['refuses', { kind: 'refused', message: 'it is not named there' }, 'it is not named there'],
    ['is too old', { kind: 'unknown', message: 'its agent is older' }, 'its agent is older'],
    ['fails', { kind: 'failed', failure: { cause: 'hung', message: 'it said nothing', next: '' } }, 'it said nothing'],
  ])('passes nothing where every node %s, and says why', (_what, probed, reason) => {
    const all = results(FLEET, () => probed);
    expect(all.map(({ status }) => status)).toEqual(all.map(() => 'skip'));
    expect(all.filter(({ message }) => !message.includes(reason))).toEqual([]);
    expect(all.length).toBeGreaterThan(5);
  });

  it('is skipped for reports that were there before', () => {
    const nodes = new Set(['a', 'b', 'c']);
    const all = inspect(round(FLEET).snapshot, [], { subsystems: [], nodes }).filter(({ id }) => /(?:soa|ns)_outside|ping/.test(id));
    expect(new Set(all.map(({ status, message }) => `${status} ${message}`))).toEqual(
      new Set(['skip nothing is tried about reports that were there before']),
    );
  });
});
