import type { NodeSection } from '../../core/rule.ts';
import { covers } from '../../core/ipv4.ts';
import type { Peer, Wireguard } from './section.ts';

/** A node whose interface is up and whose key and peers were read. */
export interface Member {
  name: string;
  orama: boolean;
  key: string;
  section: Wireguard;
  peers: readonly Peer[];
  /** The keys that it lists. */
  lists: ReadonlySet<string>;
}

/** Nodes that list each other, directly or by others, each group in the order of the fleet. In profile orama all nodes are one mesh. */
export function meshes(fleet: readonly NodeSection<Wireguard>[]): Member[][] {
  const members = fleet.flatMap(memberOf);
  const nextTo = neighboursAmong(members);
  const places = new Map(members.map((member, at) => [member, at]));
  const left = new Set(members);
  const found: Member[][] = [];
  for (const first of left) {
    left.delete(first);
    const group = new Set([first]);
    // What is added while the loop goes on is visited, too.
    for (const member of group) {
      for (const other of nextTo(member)) if (left.delete(other)) group.add(other);
    }
    found.push([...group].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0)));
  }
  return found;
}

/** The members that one lists or that list it; in profile orama all others of the profile. */
function neighboursAmong(members: readonly Member[]): (member: Member) => Iterable<Member> {
  const byKey = Map.groupBy(members, ({ key }) => key);
  const listing = new Map<string, Member[]>();
  for (const member of members) {
    for (const key of member.lists) {
      const known = listing.get(key);
      if (known === undefined) listing.set(key, [member]);
      else known.push(member);
    }
  }
  const [one, ...others] = members.filter(({ orama }) => orama);
  return (member) => [
    ...[...member.lists].flatMap((key) => byKey.get(key) ?? []),
    ...(listing.get(member.key) ?? []),
    // Through one of them the others are found.
    ...(member === one ? others : member.orama && one !== undefined ? [one] : []),
  ];
}

function memberOf({ node, section }: NodeSection<Wireguard>): Member[] {
  const { public_key: key, peers, interface_up: up } = section;
  if (key === null || peers === null || up === false) return [];
  return [{ name: node.name, orama: node.profile === 'orama', key, section, peers, lists: new Set(peers.map((peer) => peer.public_key)) }];
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
export function linksOf(mesh: readonly Member[]): Links {
  const all = mesh.flatMap((a, at) => mesh.slice(at + 1).flatMap((b) => gapBetween(a, b)));
  const gaps = all.filter(({ both }) => !both);
  const apart = all.filter(({ both }) => both);
  const pairs = (mesh.length * (mesh.length - 1)) / 2;
  const full = mesh.every(({ orama }) => orama) || apart.length <= pairs * (1 - MESHED);
  return { gaps: full ? [...gaps, ...apart.filter(({ at, missing }) => at.orama || !reaches(at, missing))] : gaps, full };
}

function gapBetween(a: Member, b: Member): Gap[] {
  const there = a.lists.has(b.key);
  const back = b.lists.has(a.key);
  if (there && back) return [];
  return [there ? { at: b, missing: a, both: false } : { at: a, missing: b, both: !back }];
}

function reaches(from: Member, to: Member): boolean {
  const address = to.section.wg_ip;
  return address !== null && from.peers.some((peer) => peer.allowed_ips.split(',').some((range) => covers(range, address)));
}

/** Members that lack a key which most of them list, such as that of a node that does not answer. */
export function lacking(mesh: readonly Member[], key: string): Member[] {
  const without = mesh.filter(({ lists }) => !lists.has(key));
  const listed = mesh.length - without.length;
  return listed > 1 && listed >= without.length ? without : [];
}
