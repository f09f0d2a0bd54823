import type { NodeSection } from '../../core/rule.ts';
import { covers } from './ipv4.ts';
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
  const left = new Set(fleet.flatMap(memberOf));
  const found: Member[][] = [];
  for (const first of left) {
    left.delete(first);
    const group = [first];
    for (const member of group) {
      for (const other of [...left].filter((each) => belong(member, each))) {
        left.delete(other);
        group.push(other);
      }
    }
    found.push(group);
  }
  return found;
}

function memberOf({ node, section }: NodeSection<Wireguard>): Member[] {
  const { public_key: key, peers, interface_up: up } = section;
  if (key === null || peers === null || up === false) return [];
  return [{ name: node.name, orama: node.profile === 'orama', key, section, peers, lists: new Set(peers.map((peer) => peer.public_key)) }];
}

function belong(a: Member, b: Member): boolean {
  return a.lists.has(b.key) || b.lists.has(a.key) || (a.orama && b.orama);
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

/** The pairs that are not linked both ways though they should be. A star, and pairs that reach each other by a third, are none. */
export function gaps(mesh: readonly Member[]): Gap[] {
  const found: Gap[] = [];
  const apart: Gap[] = [];
  for (const [at, a] of mesh.entries()) {
    for (const b of mesh.slice(at + 1)) {
      const [there, back] = [a.lists.has(b.key), b.lists.has(a.key)];
      if (there && !back) found.push({ at: b, missing: a, both: false });
      else if (back && !there) found.push({ at: a, missing: b, both: false });
      else if (!there) apart.push({ at: a, missing: b, both: true });
    }
  }
  const full = isFull(mesh);
  return [...found, ...apart.filter(({ at, missing }) => full && (at.orama || !reaches(at, missing)))];
}

/** Whether each is meant to have a link to each other: always in profile orama, else as most pairs have one. */
export function isFull(mesh: readonly Member[]): boolean {
  const pairs = mesh.flatMap((a, at) => mesh.slice(at + 1).map((b) => a.lists.has(b.key) || b.lists.has(a.key)));
  return mesh.every(({ orama }) => orama) || pairs.filter(Boolean).length >= pairs.length * MESHED;
}

function reaches(from: Member, to: Member): boolean {
  const address = to.section.wg_ip;
  return address !== null && from.peers.some((peer) => peer.allowed_ips.split(',').some((range) => covers(range, address)));
}

/** Members of a full mesh that lack a key which most of them list, such as that of a node that does not answer. */
export function lacking(mesh: readonly Member[], key: string): Member[] {
  const without = mesh.filter(({ lists }) => !lists.has(key));
  const listed = mesh.length - without.length;
  return listed > 1 && listed >= without.length && isFull(mesh) ? without : [];
}
