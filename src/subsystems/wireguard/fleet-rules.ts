import { onNode } from '../../core/command.ts';
import { isJoining } from '../../core/joining.ts';
import { CLUSTER, type FoundAt, fleetRule, type NodeSection, type Rule } from '../../core/rule.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { listed } from '../../core/units.ts';
import { lacking, linksOf, type Member, meshes } from './meshes.ts';
import { nodesByKey } from './names.ts';
import type { Wireguard } from './section.ts';

const asymmetry = fleetRule<Wireguard>()({
  name: 'asymmetry',
  severity: 'critical',
  about: 'A node does not list another one of its mesh as a peer, pair by pair; a node that does not answer is still expected.',
  source: 'Orama: peer symmetry, each node has N-1 peers',
  levels: {},
  *compare(fleet, _levels, snapshot) {
    const silent = silentNodes(fleet, snapshot);
    const found: FoundAt[] = [];
    for (const mesh of yield* meshes(fleet)) {
      const { gaps, full } = yield* linksOf(mesh);
      found.push(
        ...gaps.map(({ at, missing, both }) =>
          lacks(at, missing.name, snapshot, both ? `neither does ${missing.name} list ${at.name}` : `${missing.name} lists ${at.name}`),
        ),
        ...(full ? silent : []).flatMap(([key, name]) =>
          lacking(mesh, key).map((at) => lacks(at, name, snapshot, `most others list ${name}, which does not answer`)),
        ),
      );
    }
    // A node without any peer is told as that.
    const bare = new Set(fleet.filter(({ section }) => section.peers?.length === 0).map(({ node }) => node.name));
    return found.filter(({ node }) => !bare.has(node));
  },
});

function lacks(at: Member, missing: string, snapshot: Snapshot, others: string): FoundAt {
  const name = at.section.interface ?? 'wg0';
  const joining = snapshot.nodes.some((node) => (node.name === at.name || node.name === missing) && isJoining(node));
  return {
    node: at.name,
    subject: missing,
    ...(joining ? { severity: 'info' as const } : {}),
    message: `${at.name} does not list ${missing} as a peer of ${name}: ${others}`,
    evidence: {
      asked: 'wg show all',
      answered: `${at.peers.length} peers on ${at.name}, ${missing} is not among them`,
      limit: 'every node of the mesh',
    },
    next: onNode`sudo wg show ${name} peers`,
  };
}

/** Keys and names of nodes that gave no report. */
function silentNodes(fleet: readonly NodeSection<Wireguard>[], snapshot: Snapshot): [key: string, name: string][] {
  const answered = new Set(fleet.map(({ node }) => node.name));
  return [...nodesByKey(snapshot)].flatMap(([key, { name }]) => (answered.has(name) ? [] : [[key, name]]));
}

const duplicateKey = fleetRule<Wireguard>()({
  name: 'duplicate-key',
  severity: 'critical',
  about: 'Two nodes use the same key, so what is sent to one may reach the other: often a cloned machine.',
  source: "Orama's inspector",
  levels: {},
  compare: (fleet) =>
    [...grouped(fleet, ({ public_key: key }) => key)]
      .filter(([, names]) => names.length > 1)
      .map(([key, names]) => ({
        node: CLUSTER,
        subject: key.slice(0, 8),
        message: `${listed(names)} use the same WireGuard key ${key.slice(0, 8)}: what is sent to one may reach another`,
        evidence: { asked: 'wg show all', answered: `public key ${key} on ${listed(names)}`, limit: 'one node a key' },
        next: { say: 'Make a new key on the machine that was cloned, and tell its peers.' },
      })),
});

const mtuDiffers = fleetRule<Wireguard>()({
  name: 'mtu-differs',
  severity: 'warning',
  about: 'A node has another MTU than the rest of its mesh, so large packets may vanish on the way.',
  source: "Orama's inspector",
  levels: {},
  *compare(fleet) {
    return (yield* meshes(fleet)).flatMap(differing);
  },
});

function differing(mesh: readonly Member[]): FoundAt[] {
  const sizes = [
    ...Map.groupBy(
      mesh.filter(({ section }) => section.mtu !== null),
      ({ section }) => section.mtu,
    ),
  ].sort(([, a], [, b]) => b.length - a.length);
  const [usual, ...rest] = sizes;
  if (usual === undefined) return [];
  return rest.flatMap(([mtu, members]) =>
    members.map(({ name, section }) => ({
      node: name,
      subject: section.interface ?? 'mtu',
      message: `${section.interface} has MTU ${mtu}, ${usual[1].length > members.length ? 'most of its mesh' : listed(usual[1].map((each) => each.name))} ${usual[0]}`,
      evidence: {
        asked: `/sys/class/net/${section.interface}/mtu`,
        answered: String(mtu),
        limit: `${usual[0]} as on ${listed(usual[1].slice(0, 4).map((each) => each.name))}`,
      },
      next: onNode`ip link show ${section.interface ?? 'wg0'}`,
    })),
  );
}

const addressClash = fleetRule<Wireguard>()({
  name: 'address-clash',
  severity: 'critical',
  about: 'Two nodes of one mesh have the same address in it.',
  source: 'our own',
  levels: {},
  *compare(fleet) {
    return (yield* meshes(fleet)).flatMap((mesh) =>
      [...Map.groupBy(mesh, ({ section }) => section.wg_ip)]
        .filter(([address, members]) => address !== null && members.length > 1)
        .map(([address, members]) => ({
          node: CLUSTER,
          subject: String(address),
          message: `${listed(members.map(({ name }) => name))} both have ${address} in the mesh: packets reach only one of them`,
          evidence: {
            asked: '/proc/net/fib_trie',
            answered: `${address} on ${listed(members.map(({ name }) => name))}`,
            limit: 'one node an address',
          },
          next: { say: 'Give one of them a free address, and tell its peers.' },
        })),
    );
  },
});

function grouped(fleet: readonly NodeSection<Wireguard>[], by: (section: Wireguard) => string | null): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { node, section } of fleet) {
    const value = by(section);
    if (value !== null) found.set(value, [...(found.get(value) ?? []), node.name]);
  }
  return found;
}

/** What may be wrong between nodes: seen only by comparing them. */
export const fleetRules: readonly Rule[] = [asymmetry, duplicateKey, mtuDiffers, addressClash];
