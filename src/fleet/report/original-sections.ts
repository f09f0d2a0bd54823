import { isMap } from './fit.ts';

type Values = Record<string, unknown>;

/**
 * The original writes a zero or an empty text where it could not look. Where the true value can be neither, the field is left out, and so counts as
 * not known; where it can, what was written stands.
 */
function without(section: Values, nothing: readonly unknown[], keys: readonly string[]): Values {
  return Object.fromEntries(Object.entries(section).filter(([key, value]) => !(keys.includes(key) && nothing.includes(value))));
}

const EMPTY = [0, '', null];

/** Uptime since when is in the machine's own zone there; ours is in UTC and can be worked out. */
export function translateSystem(section: Values, { timestamp }: Values): Values {
  const { uptime_since: _, ...rest } = section;
  const known = without(rest, EMPTY, [
    'cpu_count',
    'uptime_seconds',
    'kernel_version',
    'time_unix',
    'disk_total_gb',
    'disk_used_gb',
    'disk_avail_gb',
  ]);
  const noMemory = known['mem_total_mb'] === 0;
  const noDisk = !('disk_total_gb' in known);
  const left = Object.entries(known)
    .filter(([key]) => !(noMemory && /^(?:mem|swap)_/.test(key)) && !(noDisk && key === 'disk_use_pct'))
    .map(([key, value]): [string, unknown] => [key, /^disk_.*_gb$/.test(key) && typeof value === 'number' ? `${value}G` : value]);
  const began_ms = Date.parse(typeof timestamp === 'string' ? timestamp : '') - Number(known['uptime_seconds']) * 1000;
  const since =
    Number.isFinite(began_ms) && Math.abs(began_ms) < 8e15
      ? { uptime_since: new Date(began_ms).toISOString().slice(0, 19).replace('T', ' ') }
      : {};
  return { ...Object.fromEntries(left), ...since };
}

/** systemd's word for a unit that could not be asked is `unknown` there; no units and no failed ones are null there. */
export function translateServices(section: Values): Values {
  const services = listOf(section['services']);
  return {
    ...section,
    services: services.map((service) => {
      const known = without(service, [...EMPTY, 'unknown'], ['active_state', 'sub_state', 'memory_current_mb', 'main_pid']);
      return known['active_state'] === 'active' ? known : without(known, [0], ['active_since_sec']);
    }),
    failed_units: section['failed_units'] ?? [],
  };
}

/** Panics were counted in the log of one unit. */
export function translateProcesses(section: Values): Values {
  const { panic_count_1h, ...rest } = section;
  const count = section['panic_count'] ?? panic_count_1h;
  const panics = typeof count === 'number' ? { panic_count: count, panics: [{ unit: 'orama-node.service', count }] } : {};
  return { ...rest, zombies: section['zombies'] ?? [], orphans: section['orphans'] ?? [], ...panics };
}

/** Its share of retransmissions is since boot and so says nothing of now; where ss failed, all its counts are 0. */
export function translateNetwork(section: Values): Values {
  const { tcp_retrans_pct: _, ...rest } = section;
  const ports = listOf(section['listening_ports']);
  const blind = ports.length === 0 && section['tcp_established'] === 0 && section['tcp_time_wait'] === 0;
  const known = blind ? without(rest, [0, null], ['tcp_established', 'tcp_time_wait', 'listening_ports']) : rest;
  return {
    ...known,
    ...(blind ? {} : { listening_ports: ports.map((port) => ({ process: null, addresses: [], ...port })) }),
    ufw_rules: section['ufw_rules'] ?? (section['ufw_active'] === true ? [] : null),
  };
}

/** Without the interface it fills only what concerns the configuration. A handshake at 0 is one that never was. */
export function translateWireguard(section: Values): Values {
  const known = without(section, EMPTY, ['wg_ip', 'listen_port', 'mtu', 'config_perms']);
  if (section['interface_up'] !== true) {
    const { peers: _, peer_count: __, ...rest } = known;
    return { interface: 'wg0', ...rest };
  }
  return { interface: 'wg0', ...known, peers: listOf(section['peers']).map(peer) };
}

function peer(given: Values): Values {
  const never = (given['latest_handshake'] ?? 0) === 0;
  const known = without(given, [...EMPTY, '(none)'], ['endpoint', 'keepalive', 'latest_handshake']);
  const { handshake_age_sec: _, ...rest } = known;
  return { allowed_ips: '(none)', ...(never ? rest : known), never_shook_hands: never };
}

/** One domain whose name it does not tell; -1 stands for a certificate that it could not look at. */
export function translateDns(section: Values): Values {
  const known = without(without(section, [-1], ['base_tls_days_left', 'wild_tls_days_left']), [0], ['coredns_mem_mb']);
  const { soa_resolves, ns_resolves, base_a_resolves: a_resolves, wildcard_resolves } = section;
  const domain = { name: DOMAIN, soa_resolves, ns_resolves, a_resolves, wildcard_resolves };
  return {
    ...known,
    ...(section['coredns_active'] === true ? { domains: [without(domain, [undefined], Object.keys(domain))] } : {}),
    certificates: [
      ['base_tls_days_left', DOMAIN],
      ['wild_tls_days_left', `*.${DOMAIN}`],
    ].flatMap(([key = '', name]) => (key in section ? [{ name, ...(key in known ? { days_left: known[key] } : {}) }] : [])),
  };
}

const DOMAIN = 'its-domain';

function listOf(value: unknown): Values[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}
