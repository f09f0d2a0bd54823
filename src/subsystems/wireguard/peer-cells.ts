import type { Snapshot } from '../../core/snapshot.ts';
import { age, size } from '../../core/units.ts';
import { ABSENT, type Cell, type Column, type Row, shown, type Table, UNKNOWN } from '../../core/view.ts';
import { nodesByKey, peerName } from './names.ts';
import type { Peer, Wireguard } from './section.ts';
import { type Standing, standing } from './standing.ts';

const LOOKS: Readonly<Record<Standing, Cell>> = {
  fresh: { text: '✓ fresh', role: 'ok' },
  silent: { text: '! silent', role: 'warn' },
  idle: { text: '· idle', role: 'muted' },
  never: { text: '✗ never', role: 'crit' },
  waiting: { text: '· waiting', role: 'muted' },
  unknown: { text: '? unknown', role: 'muted' },
};

/** Whether the peer is a node that gave no report: then its silence is no news of its own. */
export function isGone(key: string, snapshot: Snapshot): boolean {
  return nodesByKey(snapshot).get(key)?.report === null;
}

/** How the peer stands, with its sign. */
export function statusCell(peer: Peer, section: Wireguard, snapshot: Snapshot): Cell {
  const stands = standing(peer, section);
  if (!isGone(peer.public_key, snapshot) || stands === 'fresh') return LOOKS[stands];
  return { text: stands === 'never' ? '· never' : '· silent', role: 'muted' };
}

/** How long ago the last handshake was; a word where that is wrong. */
export function handshakeCell(peer: Peer, section: Wireguard, snapshot: Snapshot): Cell {
  const { handshake_age_sec: seconds, never_shook_hands: never } = peer;
  const stands = standing(peer, section);
  const muted = isGone(peer.public_key, snapshot);
  if (never) return { text: 'never', role: stands === 'waiting' || muted ? 'muted' : 'hot-crit' };
  if (seconds === null) return UNKNOWN;
  if (stands !== 'silent') return { text: age(seconds), role: stands === 'idle' ? 'muted' : 'plain' };
  return { text: `${age(seconds)} silent`, role: muted ? 'muted' : 'hot-warn' };
}

const PEER_COLUMNS: readonly Column[] = [
  { title: 'PEER', min: 8, max: 24, priority: 1 },
  { title: 'STATUS', min: 9, max: 13, priority: 1 },
  { title: 'HANDSHAKE', min: 9, align: 'right', priority: 1 },
  { title: 'ENDPOINT', min: 21, priority: 3, whole: true },
  { title: 'ALLOWED', min: 11, max: 18, priority: 4 },
  { title: 'RECEIVED', min: 9, max: 10, align: 'right', priority: 5 },
  { title: 'SENT', min: 9, max: 10, align: 'right', priority: 5 },
  { title: 'KEEPALIVE', min: 9, align: 'right', priority: 6 },
  { title: 'KEY', min: 7, max: 8, priority: 7 },
];

function peerCells(peer: Peer, section: Wireguard, snapshot: Snapshot): Cell[] {
  const handshake = handshakeCell(peer, section, snapshot);
  return [
    peerName(peer.public_key, snapshot),
    statusCell(peer, section, snapshot),
    typeof handshake === 'string' ? handshake : { ...handshake, text: handshake.text.replace(' silent', '') },
    peer.endpoint ?? { text: 'none yet', role: 'muted' },
    peer.allowed_ips,
    shown(peer.transfer_rx_bytes, size),
    shown(peer.transfer_tx_bytes, size),
    peer.keepalive === null ? ABSENT : `${peer.keepalive}s`,
    { text: `${peer.public_key.slice(0, 6)}…`, role: 'muted' },
  ];
}

const ORDER: readonly Standing[] = ['never', 'silent', 'unknown', 'waiting', 'idle', 'fresh'];

/** The peers of a node, what is wrong first. */
export function sortedPeers(section: Wireguard): Peer[] {
  const ranked = (section.peers ?? []).map((peer) => ({ peer, rank: ORDER.indexOf(standing(peer, section)) }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ peer }) => peer);
}

/** A node's own peers, for its page. */
export function peersTable(section: Wireguard, snapshot: Snapshot): Table {
  const rows = sortedPeers(section).map((peer) => ({ cells: peerCells(peer, section, snapshot) }));
  const columns = PEER_COLUMNS.map((column) => (column.title === 'PEER' ? { ...column, title: 'Peers' } : column));
  return { kind: 'table', columns, count: String(rows.length), rows, note: '' };
}

/** The peers of several nodes: each node's name stands once, before its first. */
export function fleetPeersTable(nodes: readonly { name: string; section: Wireguard | null; why: string }[], snapshot: Snapshot): Table {
  const rows = nodes.flatMap(({ name, section, why }): Row[] => {
    const peers = section?.peers ?? null;
    if (section === null || peers === null) return [{ cells: [name, UNKNOWN], across: { text: `not read: ${why}`, role: 'muted' } }];
    return sortedPeers(section).map((peer, at) => ({ cells: [at === 0 ? name : '', ...peerCells(peer, section, snapshot)] }));
  });
  const count = nodes.reduce((sum, { section }) => sum + (section?.peers?.length ?? 0), 0);
  return {
    kind: 'table',
    columns: [{ title: 'Peers', min: 8, max: 24, priority: 1 }, ...PEER_COLUMNS],
    count: String(count),
    rows,
    note: '',
  };
}
