import type { NodeSnapshot, Snapshot } from '../../core/snapshot.ts';
import type { Rqlite, SeenNode } from './section.ts';

/** A node of the fleet that has an rqlite. */
export interface Member {
  name: string;
  node: NodeSnapshot;
  section: Rqlite;
}

/** A node of a Raft cluster by its id there, with the node of the fleet that it is, if that is known. */
export interface Voter {
  id: string;
  addr: string | null;
  node: NodeSnapshot | null;
  /** False only where it does not answer itself, or where nobody reaches it. */
  alive: boolean;
  /** Names of the members that do not reach it, each with why. */
  unseenBy: readonly { name: string; error: string }[];
}

/** Nodes of the fleet that belong to one Raft cluster. */
export interface RaftCluster {
  /** What findings call it: `rqlite`, or with the first of its nodes where the fleet has several clusters. */
  subject: string;
  members: readonly Member[];
  /** Those members that answer. */
  answering: readonly Member[];
  voters: readonly Voter[];
  others: readonly Voter[];
}

const kept = new WeakMap<Snapshot, readonly RaftCluster[]>();

/** The Raft clusters of the fleet, told apart by the addresses that their nodes know of each other; worked out once for a snapshot. */
export function raftClusters(snapshot: Snapshot): readonly RaftCluster[] {
  const found = kept.get(snapshot) ?? worked(snapshot);
  kept.set(snapshot, found);
  return found;
}

/** The cluster that a node of the fleet belongs to. */
export function clusterOf(node: NodeSnapshot, snapshot: Snapshot): RaftCluster | undefined {
  return raftClusters(snapshot).find(({ members }) => members.some((member) => member.node === node));
}

function worked(snapshot: Snapshot): RaftCluster[] {
  const members = snapshot.nodes.flatMap((node): Member[] => {
    const section = (node.report?.rqlite as Rqlite | null | undefined) ?? null;
    return section === null ? [] : [{ name: node.name, node, section }];
  });
  const groups = grouped(members.filter(({ section }) => section.responsive === true));
  for (const member of members.filter(({ section }) => section.responsive !== true)) joinSilent(member, groups);
  return groups.map((group) => clusterFrom(group, snapshot, groups.length > 1));
}

/** Members that share an address, directly or through others. A node alone in its cluster shares none: many call themselves `localhost`. */
function grouped(members: readonly Member[]): Member[][] {
  const groups: { addresses: Set<string>; members: Member[] }[] = [];
  for (const member of members) {
    const addresses = addressesOf(member.section);
    const near = groups.filter((group) => [...addresses].some((address) => group.addresses.has(address)));
    for (const group of near) groups.splice(groups.indexOf(group), 1);
    groups.push({
      addresses: new Set([...addresses, ...near.flatMap((group) => [...group.addresses])]),
      members: [...near.flatMap((group) => group.members), member],
    });
  }
  return groups.map((group) => group.members);
}

function addressesOf({ addr, leader_addr, nodes, num_peers }: Rqlite): Set<string> {
  if (num_peers === 0) return new Set();
  return new Set([addr, leader_addr, ...Object.values(nodes ?? {}).map((seen) => seen.addr)].filter((address) => address !== null));
}

/** A node that does not answer belongs to the cluster that knows its address, or to the only one there is. */
function joinSilent(member: Member, groups: Member[][]): void {
  const addresses = groups.map((group) => group.flatMap(({ section }) => [...addressesOf(section)]));
  const at = addresses.findIndex((list) => list.some((address) => isAt(member.node, address)));
  const group = groups[at] ?? (groups.length === 1 ? groups[0] : undefined);
  if (group === undefined) groups.push([member]);
  else group.push(member);
}

/** Whether a Raft address is on this node: by its address in the mesh, or that by which it is asked. */
function isAt(node: NodeSnapshot, address: string): boolean {
  const host = address.slice(0, address.lastIndexOf(':'));
  const own = node.host === null ? null : node.host.slice(node.host.lastIndexOf('@') + 1);
  return host !== '' && (host === node.report?.wireguard_ip || host === own);
}

function clusterFrom(members: readonly Member[], snapshot: Snapshot, several: boolean): RaftCluster {
  const inOrder = [...members].sort((a, b) => (a.name < b.name ? -1 : 1));
  const answering = inOrder.filter(({ section }) => section.responsive === true);
  const known = bestKnown(answering);
  const all = known.map(([id, seen]) => ({ voter: seen.voter, as: voterFrom(id, seen, { members: inOrder, answering, snapshot }) }));
  return {
    subject: several ? `rqlite of ${inOrder[0]?.name}` : 'rqlite',
    members: inOrder,
    answering,
    voters: all.filter(({ voter }) => voter).map(({ as }) => as),
    others: all.filter(({ voter }) => !voter).map(({ as }) => as),
  };
}

/** The nodes as the member knows them that is furthest on; each node counts, also one that is silent. */
function bestKnown(answering: readonly Member[]): [string, SeenNode][] {
  const [best] = answering
    .filter(({ section }) => section.nodes !== null)
    .sort((a, b) => (b.section.term ?? 0) - (a.section.term ?? 0) || (b.section.commit_index ?? 0) - (a.section.commit_index ?? 0));
  return Object.entries(best?.section.nodes ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}

interface Around {
  members: readonly Member[];
  answering: readonly Member[];
  snapshot: Snapshot;
}

function voterFrom(id: string, { addr }: SeenNode, { members, answering, snapshot }: Around): Voter {
  const self = answering.find(({ section }) => section.node_id === id);
  const node =
    self?.node ??
    snapshot.nodes.find((each) => addr !== null && !answering.some((member) => member.node === each) && isAt(each, addr)) ??
    // A machine that gave no report cannot say its address in the mesh; people tend to give both the same name.
    snapshot.nodes.find((each) => each.report === null && each.name === id) ??
    null;
  const silent = members.some((member) => member.node === node && member.section.responsive === false);
  const views = answering.flatMap(({ name, section }) => (section.node_id === id ? [] : [{ name, seen: section.nodes?.[id] }]));
  const unseenBy = views.flatMap(({ name, seen }) => (seen?.reachable === false ? [{ name, error: seen.error }] : []));
  const reached = views.some(({ seen }) => seen?.reachable === true);
  const alive = self === undefined ? !silent && (reached || unseenBy.length === 0) : self.section.raft_state !== 'Shutdown';
  return { id, addr, node, alive, unseenBy };
}

/** How a voter is called: by the node's name in the fleet, else by its id. */
export function voterName({ id, node }: Voter): string {
  return node?.name ?? id;
}

/** What the cluster's voters amount to; null while none of its nodes told them. */
export function quorumOf({ voters }: RaftCluster): { alive: number; total: number; needed: number; missing: readonly Voter[] } | null {
  if (voters.length === 0) return null;
  const missing = voters.filter(({ alive }) => !alive);
  return { alive: voters.length - missing.length, total: voters.length, needed: Math.floor(voters.length / 2) + 1, missing };
}
