import type { NodeSection } from '../../core/rule.ts';
import type { Columns } from '../../core/subsystem.ts';
import { ageInWords, listed, many } from '../../core/units.ts';
import { type Block, type Cell, type Role, shown } from '../../core/view.ts';
import { freshCell, meshTables } from './mesh-table.ts';
import { peerName } from './names.ts';
import { isGone, peersTable, sortedPeers } from './peer-cells.ts';
import type { Peer, Wireguard } from './section.ts';
import { standing } from './standing.ts';

/** How WireGuard shows: a share of fresh peers on each node, the mesh across them. */
export const columns: Columns<Wireguard> = {
  summary,
  nodes: [
    {
      title: 'MESH',
      min: 4,
      align: 'right',
      priority: 9,
      cell: (section) => (section.interface_up === false ? { text: 'down', role: 'hot-crit' } : freshCell(section, '/')),
    },
  ],
  page: ({ section, snapshot }) => [
    ...facts(section),
    ...(section.peers === null || section.peers.length === 0 ? [] : [peersTable(section, snapshot)]),
  ],
  fleet: meshTables,
};

/** `wg0 up, 3 of 4 peers fresh; ns3 silent for 13 min`. */
function summary(at: NodeSection<Wireguard>): Cell {
  const { interface: name, interface_up: up, peers } = at.section;
  const shownName = name ?? 'WireGuard';
  if (up === false) return { text: `${shownName} is down`, role: 'crit' };
  const state = `${shownName} ${up === null ? 'not read' : 'up'}`;
  if (peers === null) return { text: `${state}, peers not read`, role: 'muted' };
  if (peers.length === 0) return { text: `${state}, but it lists no peer`, role: 'warn' };
  const fresh = peers.filter((peer) => standing(peer, at.section) === 'fresh').length;
  const bad = troubles(at);
  return { text: `${state}, ${fresh} of ${many(peers.length, 'peer')} fresh${bad.text === '' ? '' : `; ${bad.text}`}`, role: bad.role };
}

/** The peers that are not as they should be, named up to two. */
function troubles({ section, snapshot }: NodeSection<Wireguard>): { text: string; role: Role } {
  const bad = sortedPeers(section).filter((peer) => ['never', 'silent'].includes(standing(peer, section)));
  const own = bad.filter((peer) => !isGone(peer.public_key, snapshot));
  const role: Role = own.length === 0 ? 'plain' : own.some((peer) => standing(peer, section) === 'never') ? 'crit' : 'warn';
  const say = (peer: Peer) =>
    `${peerName(peer.public_key, snapshot)} ${peer.never_shook_hands ? 'never shook hands' : `silent for ${ageInWords(peer.handshake_age_sec ?? 0)}`}`;
  const named = bad.length > 2 ? [...bad.slice(0, 1).map(say), `${bad.length - 1} others`] : bad.map(say);
  const idle = section.peers?.filter((peer) => ['idle', 'waiting'].includes(standing(peer, section))).length ?? 0;
  return { text: [listed(named), ...(idle === 0 ? [] : [`${idle} idle`])].filter((part) => part !== '').join(', '), role };
}

function facts(section: Wireguard): Block[] {
  const { interface: name, wg_ip, listen_port, mtu, public_key, config_perms, config_exists, interfaces } = section;
  const further = (interfaces ?? []).map(
    (each) => `${each.name} ${each.interface_up === false ? 'down' : 'up'}, ${many(each.peers?.length ?? 0, 'peer')}`,
  );
  return [
    {
      kind: 'fact',
      label: 'Interface',
      value: `${name ?? '?'} ${section.interface_up === false ? 'down' : 'up'}, ${wg_ip ?? '?'}, port ${listen_port ?? '?'}, MTU ${mtu ?? '?'}`,
    },
    { kind: 'fact', label: 'Key', value: shown(public_key, (key) => key) },
    { kind: 'fact', label: 'Configuration', value: config_exists === false ? 'no file' : shown(config_perms, (mode) => `mode ${mode}`) },
    ...(further.length === 0 ? [] : [{ kind: 'fact' as const, label: 'Further', value: further.join('; ') }]),
  ];
}
