import { onceFor } from '../../core/once-for.ts';
import type { NodeSection } from '../../core/rule.ts';
import type { NodeSnapshot, Snapshot } from '../../core/snapshot.ts';
import type { Steps } from '../../core/steps.ts';
import { listed, many } from '../../core/units.ts';
import { type Cell, type Column, shown, type Table, UNKNOWN } from '../../core/view.ts';
import { nodesByKey, peerName, sectionOf } from './names.ts';
import { fleetPeersTable, handshakeCell, sortedPeers, statusCell } from './peer-cells.ts';
import type { Peer, Wireguard } from './section.ts';
import { standing } from './standing.ts';

/** More nodes than this make no matrix that one can read. */
const MOST = 12;

/** A node of the mesh, read or not. */
interface Entry {
  name: string;
  node: NodeSnapshot;
  section: Wireguard | null;
}

/** The mesh as people read it: who last heard whom, and every peer; beyond 12 nodes only the links that are not fresh. */
export function* meshTables(fleet: readonly NodeSection<Wireguard>[], snapshot: Snapshot): Steps<Table[]> {
  const entries = entriesOf(fleet, snapshot);
  if (entries.length === 0) return [];
  yield;
  const note = linksNote(yield* pairsOf(entries, snapshot));
  if (entries.length > MOST) return [yield* brokenTable(entries, snapshot, note)];
  const told = entries.map(({ name, node, section }) => ({ name, section, why: whyNot(node) }));
  return [matrix(entries, snapshot, note), fleetPeersTable(told, snapshot)];
}

/** Nodes with WireGuard, and those that gave no report but belong to the mesh. Silent ones first. */
function entriesOf(fleet: readonly NodeSection<Wireguard>[], snapshot: Snapshot): Entry[] {
  const known = new Set(nodesByKey(snapshot).values());
  const entries = snapshot.nodes.flatMap((node): Entry[] => {
    const section = sectionOf(node);
    const belongs = section !== null || known.has(node) || (node.profile === 'orama' && node.report?.states.wireguard !== 'absent');
    return belongs ? [{ name: node.name, node, section }] : [];
  });
  if (fleet.length === 0) return [];
  return [...entries.filter(({ section }) => section === null), ...entries.filter(({ section }) => section !== null)];
}

function matrix(entries: readonly Entry[], snapshot: Snapshot, note: string): Table {
  const others = snapshot.nodes.flatMap(({ name }) => entries.filter((each) => each.name === name));
  const columns: Column[] = [
    { title: 'Mesh', min: 8, max: 24, priority: 1 },
    { title: 'INTERFACE', min: 13, priority: 1 },
    { title: 'FRESH', min: 6, priority: 1 },
    ...others.map(({ name }): Column => ({ title: name, min: 10, max: 12, priority: 2 })),
    { title: 'ADDRESS', min: 9, max: 15, priority: 4 },
  ];
  const rows = entries.map((row) => ({
    cells: [
      row.name,
      interfaceCell(row),
      freshCell(row.section),
      ...others.map((column) => linkCell(row, column, snapshot)),
      addressCell(row, entries, snapshot),
    ],
  }));
  return {
    kind: 'table',
    columns,
    count: String(entries.length),
    rows,
    note: `${note}A cell says how long ago the row last shook hands with the column; over 3 min is silent.`,
  };
}

function interfaceCell({ node, section }: Entry): Cell {
  if (node.report === null) return { text: '✗ unreachable', role: 'crit' };
  if (section === null || section.interface_up === null) return { text: '? unknown', role: 'muted' };
  return section.interface_up ? { text: '✓ up', role: 'ok' } : { text: '✗ down', role: 'crit' };
}

/** `3 of 4`: peers that shook hands within 3 minutes. */
export function freshCell(section: Wireguard | null, between = ' of '): Cell {
  const peers = section?.peers ?? null;
  if (section === null || peers === null) return UNKNOWN;
  return `${peers.filter((peer) => standing(peer, section) === 'fresh').length}${between}${peers.length}`;
}

function linkCell(row: Entry, column: Entry, snapshot: Snapshot): Cell {
  if (row === column) return { text: '·', role: 'faint' };
  if (row.section === null || row.section.peers === null) return UNKNOWN;
  const key = keyOf(column.name, snapshot);
  const peer = row.section.peers.find(({ public_key }) => public_key === key);
  if (peer !== undefined) return handshakeCell(peer, row.section, snapshot);
  return key === null ? UNKNOWN : { text: 'not listed', role: 'muted' };
}

function keyOf(name: string, snapshot: Snapshot): string | null {
  return [...nodesByKey(snapshot)].find(([, node]) => node.name === name)?.[0] ?? null;
}

/** Its own word, else what the others may send to it. */
function addressCell({ name, section }: Entry, entries: readonly Entry[], snapshot: Snapshot): Cell {
  if (section !== null) return shown(section.wg_ip, (address) => address);
  const key = keyOf(name, snapshot);
  const seen = entries.flatMap((each) => each.section?.peers ?? []).find(({ public_key }) => public_key === key);
  const alone = /^([0-9.]+)\/32(,|$)/.exec(seen?.allowed_ips ?? '')?.[1];
  return shown(alone ?? null, (text) => ({ text, role: 'muted' }));
}

interface Link {
  from: Entry;
  peer: Peer;
  to: string;
}

/** Pairs of nodes of which one lists the other, as numbers: a large mesh has very many. */
interface Pairs {
  all: Set<number>;
  /** Either side heard the other lately. */
  fresh: Set<number>;
  /** The two of a pair, by their places. */
  nodes(id: number): (NodeSnapshot | undefined)[];
}

function* pairsOf(entries: readonly Entry[], snapshot: Snapshot): Steps<Pairs> {
  const { nodes } = snapshot;
  const places = new Map(nodes.map((node, at) => [node, at]));
  const byKey = new Map([...nodesByKey(snapshot)].map(([key, node]) => [key, places.get(node) ?? 0]));
  const pairs: Pairs = {
    ...{ all: new Set(), fresh: new Set() },
    nodes: (id) => [nodes[Math.floor(id / nodes.length)], nodes[id % nodes.length]],
  };
  const idOf = (a: number, b: number) => Math.min(a, b) * nodes.length + Math.max(a, b);
  for (const { node, section } of entries) {
    const here = places.get(node) ?? 0;
    const pairWith = (key: string) => {
      const there = byKey.get(key);
      return there === undefined ? null : idOf(here, there);
    };
    if (section !== null) notePairs(pairs, section, pairWith);
    yield;
  }
  return pairs;
}

function notePairs({ all, fresh }: Pairs, section: Wireguard, pairWith: (key: string) => number | null): void {
  for (const peer of section.peers ?? []) {
    const id = pairWith(peer.public_key);
    if (id === null) continue;
    all.add(id);
    if (standing(peer, section) === 'fresh') fresh.add(id);
  }
}

function linksNote(pairs: Pairs): string {
  if (pairs.all.size === 0) return '';
  const broken = [...pairs.all].filter((id) => !pairs.fresh.has(id)).map(pairs.nodes);
  const up = `${pairs.fresh.size} of ${many(pairs.all.size, 'link')} up. `;
  const silent = broken.map((pair) => pair.find((node) => node?.report === null)?.name ?? null);
  const gone = [...new Set(silent)].filter((name) => name !== null);
  if (gone.length === 0 || silent.includes(null)) return up;
  const [verb, there] = gone.length === 1 ? ['does', 'there'] : ['do', 'at them'];
  return `${up}All ${broken.length} silent links lead to ${listed(gone)}, which ${verb} not answer: look ${there}, not here. `;
}

const notFresh = onceFor((section: Wireguard): readonly Peer[] => {
  const peers = section.peers?.filter((peer) => standing(peer, section) !== 'fresh') ?? [];
  return peers.length === 0 ? peers : sortedPeers({ ...section, peers });
});

function* brokenTable(entries: readonly Entry[], snapshot: Snapshot, note: string): Steps<Table> {
  const links: Link[] = [];
  for (const from of entries) {
    const peers = from.section === null ? [] : notFresh(from.section);
    links.push(...peers.map((peer) => ({ from, peer, to: peerName(peer.public_key, snapshot) })));
    yield;
  }
  return {
    kind: 'table',
    columns: [
      { title: 'Links not fresh', min: 8, max: 24, priority: 1 },
      { title: 'STATUS', min: 9, max: 13, priority: 1 },
      { title: 'HANDSHAKE', min: 9, align: 'right', priority: 1 },
      { title: 'PEER', min: 8, max: 24, priority: 1 },
      { title: 'ENDPOINT', min: 21, priority: 3, whole: true },
    ],
    count: String(links.length),
    rows: links.map(({ from: { name, section }, peer, to }) => ({
      cells:
        section === null
          ? []
          : [name, statusCell(peer, section, snapshot), handshakeCell(peer, section, snapshot), to, peer.endpoint ?? 'none yet'],
    })),
    note: `${note}The mesh has ${entries.length} nodes.`,
  };
}

function whyNot({ failure, report }: NodeSnapshot): string {
  return (
    failure?.message ??
    report?.unknown.find(({ path }) => path === 'wireguard' || path === 'wireguard.peers')?.reason ??
    'no reason is known'
  );
}
