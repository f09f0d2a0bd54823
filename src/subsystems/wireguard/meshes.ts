import type { NodeSection } from '../../core/rule.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Steps } from '../../core/steps.ts';
import { covers } from '../../core/ipv4.ts';
import type { Peer, Wireguard } from './section.ts';

/** A node whose interface is up and whose key and peers were read. */
export interface Member {
  name: string;
  orama: boolean;
  key: string;
  section: Wireguard;
  peers: readonly Peer[];
}

/** Nodes that list each other, directly or by others, each group in the order of the fleet. In profile orama all nodes are one mesh. */
export function* meshes(fleet: readonly NodeSection<Wireguard>[]): Steps<readonly (readonly Member[])[]> {
  const [first] = fleet;
  if (first === undefined) return [];
  const found = kept.get(first.snapshot) ?? (yield* worked(fleet));
  kept.set(first.snapshot, found);
  return found;
}

/** Several rules ask for the same. */
const kept = new WeakMap<Snapshot, readonly (readonly Member[])[]>();

function* worked(fleet: readonly NodeSection<Wireguard>[]): Steps<Member[][]> {
  const members = fleet.flatMap(memberOf);
  const groups = groupsOf(members.length);
  const byKey = Map.groupBy(members.keys(), (at) => members[at]?.key ?? '');
  const firstOrama = members.findIndex(({ orama }) => orama);
  for (const [at, { peers, orama }] of members.entries()) {
    for (const { public_key: key } of peers) for (const other of byKey.get(key) ?? []) groups.join(at, other);
    if (orama) groups.join(at, firstOrama);
    yield;
  }
  return [...Map.groupBy(members.keys(), groups.of).values()].map((places) => places.flatMap((at) => members[at] ?? []));
}

/** Things by their places, each in a group of its own until it is joined with others. */
function groupsOf(size: number) {
  const next = Array.from({ length: size }, (_, at) => at);
  const of = (place: number): number => {
    let at = place;
    for (let to = next[at] ?? at; to !== at; to = next[at] ?? at) {
      next[at] = next[to] ?? to;
      at = to;
    }
    return at;
  };
  return {
    /** The same number for all of a group. */
    of,
    join(a: number, b: number): void {
      next[of(a)] = of(b);
    },
  };
}

function memberOf({ node, section }: NodeSection<Wireguard>): Member[] {
  const { public_key: key, peers, interface_up: up } = section;
  if (key === null || peers === null || up === false) return [];
  return [{ name: node.name, orama: node.profile === 'orama', key, section, peers }];
}

/** Two nodes of one mesh of which at least one lists the other not. */
export interface Gap {
  /** Whose configuration lacks the other. */
  at: Member;
  missing: Member;
  /** The other lists it neither. */
  both: boolean;
}

/** Where this share of the pairs is linked, the others were meant to be. */
const MESHED = 0.75;

/** The pairs that are not linked both ways though they should be, and whether each node is meant to have a link to each other. */
export interface Links {
  gaps: Gap[];
  /** Always in profile orama, else where most pairs are linked. */
  full: boolean;
}

/** Compares every pair of a mesh. A star, and pairs that reach each other by a third, have no gaps. */
export function* linksOf(mesh: readonly Member[]): Steps<Links> {
  const { gaps, apart } = yield* gapsIn(mesh);
  const pairs = (mesh.length * (mesh.length - 1)) / 2;
  const full = mesh.every(({ orama }) => orama) || apart.length <= pairs * (1 - MESHED);
  return { gaps: full ? [...gaps, ...apart.filter(({ at, missing }) => at.orama || !reaches(at, missing))] : gaps, full };
}

/** The pairs of which one lists the other alone, and those of which neither does. */
function* gapsIn(mesh: readonly Member[]): Steps<{ gaps: Gap[]; apart: Gap[] }> {
  const [gaps, apart]: [Gap[], Gap[]] = [[], []];
  const lists = yield* listsIn(mesh);
  for (const [at, a] of mesh.entries()) {
    for (let next = at + 1; next < mesh.length; next += 1) {
      const b = mesh[next];
      if (b === undefined) break;
      const there = lists(at, next);
      const back = lists(next, at);
      if (there && !back) gaps.push({ at: b, missing: a, both: false });
      else if (!there) (back ? gaps : apart).push({ at: a, missing: b, both: !back });
    }
    yield;
  }
  return { gaps, apart };
}

/** Which member lists which, by their places; looked up once for each peer, since there are very many. */
function* listsIn(mesh: readonly Member[]): Steps<(from: number, to: number) => boolean> {
  const size = mesh.length;
  const listed = new Uint8Array(size * size);
  const byKey = Map.groupBy(mesh.keys(), (at) => mesh[at]?.key ?? '');
  for (const [from, { peers }] of mesh.entries()) {
    for (const { public_key: key } of peers) for (const to of byKey.get(key) ?? []) listed[from * size + to] = 1;
    yield;
  }
  return (from, to) => listed[from * size + to] === 1;
}

function reaches(from: Member, to: Member): boolean {
  const address = to.section.wg_ip;
  return address !== null && from.peers.some((peer) => peer.allowed_ips.split(',').some((range) => covers(range, address)));
}

/** Members that lack a key which most of them list, such as that of a node that does not answer. */
export function lacking(mesh: readonly Member[], key: string): Member[] {
  const without = mesh.filter(({ peers }) => !peers.some((peer) => peer.public_key === key));
  const listed = mesh.length - without.length;
  return listed > 1 && listed >= without.length ? without : [];
}
