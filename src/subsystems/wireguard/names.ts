import type { NodeSnapshot, Snapshot } from '../../core/snapshot.ts';
import type { Peer, Wireguard } from './section.ts';

/** The node's own section, if it was read. */
export function sectionOf(node: NodeSnapshot): Wireguard | null {
  return (node.report?.wireguard as Wireguard | null | undefined) ?? null;
}

const kept = new WeakMap<Snapshot, ReadonlyMap<string, NodeSnapshot>>();

/** Nodes by the public keys of their meshes; worked out once for a snapshot. */
export function nodesByKey(snapshot: Snapshot): ReadonlyMap<string, NodeSnapshot> {
  const found = kept.get(snapshot) ?? worked(snapshot);
  kept.set(snapshot, found);
  return found;
}

/** The peer's node, or the beginning of its key where no node of the fleet has it. */
export function peerName(key: string, snapshot: Snapshot): string {
  return nodesByKey(snapshot).get(key)?.name ?? key.slice(0, 8);
}

/** Keys that nodes say are theirs; then those of silent nodes, as told by the peers that still list them. */
function worked({ nodes }: Snapshot): Map<string, NodeSnapshot> {
  const found = new Map<string, NodeSnapshot>();
  const silent: NodeSnapshot[] = [];
  for (const node of nodes) {
    const key = sectionOf(node)?.public_key ?? null;
    if (key === null) silent.push(node);
    else if (!found.has(key)) found.set(key, node);
  }
  if (silent.length === 0) return found;
  const strangers = strangersOf(nodes, found);
  const unnamed = silent.filter((node) => {
    const host = addressOf(node);
    const alone = host !== null && nodes.filter((other) => addressOf(other) === host).length === 1;
    const [key, ...more] = alone ? [...strangers].filter(([, { hosts }]) => hosts.has(host)).map(([each]) => each) : [];
    if (key === undefined || more.length > 0 || found.has(key)) return node.report === null;
    found.set(key, node);
    return false;
  });
  // One silent node and one key that most still list: it can be no other.
  const common = [...strangers].filter(([key, { listed }]) => !found.has(key) && listed > 1 && listed * 2 >= nodes.length - silent.length);
  const [node, ...moreNodes] = unnamed;
  const [stranger, ...moreKeys] = common;
  if (node !== undefined && stranger !== undefined && moreNodes.length + moreKeys.length === 0) found.set(stranger[0], node);
  return found;
}

interface Stranger {
  /** How many nodes list the key. */
  listed: number;
  hosts: Set<string>;
}

function strangersOf(nodes: readonly NodeSnapshot[], known: ReadonlyMap<string, NodeSnapshot>): Map<string, Stranger> {
  const found = new Map<string, Stranger>();
  for (const node of nodes) for (const peer of sectionOf(node)?.peers ?? []) if (!known.has(peer.public_key)) note(peer, found);
  return found;
}

function note(peer: Peer, found: Map<string, Stranger>): void {
  const stranger = found.get(peer.public_key) ?? { listed: 0, hosts: new Set() };
  stranger.listed += 1;
  const host = hostOf(peer);
  if (host !== null) stranger.hosts.add(host);
  found.set(peer.public_key, stranger);
}

/** The host of a peer's endpoint without port and brackets. */
function hostOf({ endpoint }: Peer): string | null {
  return endpoint === null ? null : (/^\[?([^\]]*?)\]?:\d+$/.exec(endpoint)?.[1] ?? null);
}

function addressOf({ host }: NodeSnapshot): string | null {
  return host === null ? null : host.slice(host.lastIndexOf('@') + 1);
}
