import type { NodeSection } from '../../core/rule.ts';
import type { Columns } from '../../core/subsystem.ts';
import { count, listed, many, percent, rate } from '../../core/units.ts';
import {
  ABSENT,
  type Block,
  type Cell,
  type Column,
  type Fact,
  type Meter,
  type Role,
  shown,
  type Table,
  UNKNOWN,
} from '../../core/view.ts';
import { isLossy, sentEnough } from './lossy.ts';
import type { ListeningPort, Network, NetworkInterface } from './section.ts';
import { exposures } from './ufw-exposures.ts';
import { wantsUfw } from './wants-ufw.ts';

/** How the network shows. */
export const columns: Columns<Network> = {
  summary,
  nodes: [{ title: 'NET', min: 6, align: 'right', priority: 8, cell: trafficCell }],
  page,
};

const FULL_PCT = 80;

/** `reachable, 0.4% sent again, 14 ports listen`; what is wrong comes first. */
function summary(at: NodeSection<Network>): Cell {
  const { section } = at;
  const wrong = troubles(at);
  const parts = [...wrong.map(([text]) => text), ...calm(section)];
  return {
    text: parts.length === 0 ? 'network not read' : parts.join(', '),
    role: wrong[0]?.[1] ?? (parts.length === 0 ? 'muted' : 'plain'),
  };
}

function troubles({ section, node }: NodeSection<Network>): [text: string, Role][] {
  const { ufw_active, ufw_rules, conntrack, tcp_retrans_pct, expected_ports } = section;
  const open = exposures(ufw_rules ?? [], node.profile).flatMap(({ ports }) => ports);
  const silent = (expected_ports ?? []).filter(({ held }) => held === false).map(({ port, proto }) => `${port}/${proto}`);
  const full = conntrack?.use_pct ?? 0;
  return [
    ...told(ufw_active === false && wantsUfw(section, node.profile), 'UFW inactive', 'crit'),
    ...told(open.length > 0, `UFW opens ${listed([...new Set(open)].map(String))} beyond the mesh`, 'crit'),
    ...unreachable(section),
    ...told(silent.length > 0, `nobody listens on ${listed(silent)}`, 'warn'),
    ...told(full > FULL_PCT, `conntrack ${percent(full)} full`, 'warn'),
    ...told(isLossy(section), `${percent(tcp_retrans_pct ?? 0, true)} sent again`, 'warn'),
  ];
}

function unreachable({ internet_reachable: reachable, reach_target: target, default_route: routed }: Network): [string, Role][] {
  if (reachable !== false) return [];
  return [...told(routed === false, 'no default route', 'crit'), [`${target ?? 'internet'} unreachable`, 'warn']];
}

function told(wrong: boolean, text: string, role: Role): [string, Role][] {
  return wrong ? [[text, role]] : [];
}

function calm(section: Network): string[] {
  const { internet_reachable, tcp_retrans_pct: again, tcp_established: open, listening_count: ports } = section;
  return [
    ...(internet_reachable === true ? ['reachable'] : []),
    ...(again === null || isLossy(section) || !sentEnough(section) ? [] : [`${percent(again, true)} sent again`]),
    ...(open === null ? [] : [many(open, 'connection')]),
    ...(ports === null ? [] : [ports === 1 ? '1 port listens' : `${count(ports)} ports listen`]),
  ];
}

/** Both ways, of the interface that leads out. */
function trafficCell({ interfaces, default_interface: out }: Network): Cell {
  const own = (interfaces ?? []).find(({ name }) => name === out);
  if (own === undefined) return interfaces === null ? UNKNOWN : ABSENT;
  const { rx_bytes_per_s: received, tx_bytes_per_s: sent } = own;
  return received === null || sent === null ? UNKNOWN : rate(received + sent);
}

function page({ section, node }: NodeSection<Network>): Block[] {
  return [
    fact('Internet', reachText(section)),
    fact('Way out', wayOut(section)),
    fact('Firewall', firewallText(section, wantsUfw(section, node.profile))),
    fact('TCP', tcpText(section)),
    ...meter(section),
    ...interfacesTable(section.interfaces ?? []),
    ...portsTable(section),
  ];
}

function fact(label: string, value: Cell): Fact {
  return { kind: 'fact', label, value };
}

function reachText({ internet_reachable: reachable, reach_target: target, reach_error: why }: Network): Cell {
  if (reachable === null) return target === null ? { text: 'no target is named', role: 'muted' } : UNKNOWN;
  const name = target ?? 'internet';
  return reachable ? `${name} answers` : { text: `${name} cannot be reached${why ? `: ${why}` : ''}`, role: 'warn' };
}

function wayOut({ default_route: routed, default_gateway: gateway, default_interface: out, addresses }: Network): Cell {
  if (routed === null) return UNKNOWN;
  const own =
    addresses === null || addresses.length === 0
      ? ''
      : `, own ${addresses.length === 1 ? 'address' : 'addresses'} ${listed(addresses.slice(0, 4))}${addresses.length > 4 ? ' …' : ''}`;
  return routed ? `by ${out ?? '?'}${gateway === null ? '' : ` to ${gateway}`}${own}` : `no default route${own}`;
}

function firewallText({ firewall, ufw_active, ufw_rules, ufw_default }: Network, wanted: boolean): Cell {
  if (ufw_active === null) return UNKNOWN;
  if (!ufw_active) return { text: firewall ?? 'none that ward knows is on', role: wanted ? 'crit' : 'plain' };
  const rules = ufw_rules === null ? 'rules not read' : many(ufw_rules.length, 'rule');
  return `UFW, ${rules}, the rest ${ufw_default === null ? '?' : ufw_default.toLowerCase()}`;
}

function tcpText(section: Network): Cell {
  const { tcp_established: open, tcp_time_wait: waiting, tcp_retrans_pct: again } = section;
  const text = `${open === null ? '?' : count(open)} open, ${waiting === null ? '?' : count(waiting)} closing${again === null || !sentEnough(section) ? '' : `, ${percent(again, true)} sent again`}`;
  return { text, role: isLossy(section) ? 'warn' : 'plain' };
}

/** Only where the table fills: it is empty on most machines. */
function meter({ conntrack }: Network): Meter[] {
  if (conntrack === null || conntrack.use_pct < 10) return [];
  const { count: used, max, use_pct } = conntrack;
  const role: Role = use_pct > 95 ? 'hot-crit' : use_pct > FULL_PCT ? 'hot-warn' : 'plain';
  return [{ kind: 'meter', label: 'Conntrack', percent: use_pct, role, text: `${count(used)} of ${count(max)} tracked connections` }];
}

const INTERFACE_COLUMNS: readonly Column[] = [
  { title: 'Interfaces', min: 10, max: 16, priority: 1 },
  { title: 'STATE', min: 7, priority: 1 },
  { title: 'IN', min: 7, align: 'right', priority: 1 },
  { title: 'OUT', min: 7, align: 'right', priority: 1 },
  { title: 'ERRORS', min: 6, align: 'right', priority: 2 },
  { title: 'DROPS', min: 6, align: 'right', priority: 2 },
];
const MOST_ROWS = 8;

/** Those that move most; the rest is one number. */
function interfacesTable(all: readonly NetworkInterface[]): Table[] {
  if (all.length === 0) return [];
  const moving = (each: NetworkInterface) => (each.rx_bytes_per_s ?? 0) + (each.tx_bytes_per_s ?? 0);
  const first = [...all].sort((a, b) => moving(b) - moving(a)).slice(0, MOST_ROWS);
  const rows = first.map(({ name, state, rx_bytes_per_s, tx_bytes_per_s, errors_new, drops_new }) => ({
    cells: [
      name,
      shown(state, (word) => word),
      shown(rx_bytes_per_s, rate),
      shown(tx_bytes_per_s, rate),
      shown(errors_new, count),
      shown(drops_new, count),
    ],
  }));
  const left = all.length - first.length;
  return [
    { kind: 'table', columns: INTERFACE_COLUMNS, count: String(all.length), rows, note: left === 0 ? '' : `and ${left} that move less.` },
  ];
}

const PORT_COLUMNS: readonly Column[] = [
  { title: 'Ports', min: 9, max: 11, priority: 1 },
  { title: 'PROGRAM', min: 8, max: 24, priority: 1 },
  { title: 'OPEN TO', min: 7, priority: 2 },
];
const MOST_PORTS = 12;

/** Ports that others may reach first: those on all addresses, then on some, then on loopback. */
function portsTable({ listening_ports: ports, listening_count: all }: Network): Table[] {
  if (ports === null || ports.length === 0) return [];
  const first = [...ports].sort((a, b) => Number(isLocal(a)) - Number(isLocal(b)) || a.port - b.port).slice(0, MOST_PORTS);
  const rows = first.map((each) => ({ cells: [`${each.port}/${each.proto}`, shown(each.process, (name) => name), openTo(each)] }));
  const left = (all ?? ports.length) - first.length;
  return [
    { kind: 'table', columns: PORT_COLUMNS, count: count(all ?? ports.length), rows, note: left === 0 ? '' : `and ${count(left)} more.` },
  ];
}

function isLocal({ addresses }: ListeningPort): boolean {
  return addresses.length > 0 && addresses.every((address) => address.startsWith('127.') || address === '0:0:0:0:0:0:0:1');
}

function openTo(port: ListeningPort): Cell {
  if (port.addresses.length === 0) return UNKNOWN;
  if (isLocal(port)) return { text: 'this machine', role: 'muted' };
  return port.addresses.some((address) => address === '0.0.0.0' || address === '::') ? 'all addresses' : listed(port.addresses.slice(0, 3));
}
