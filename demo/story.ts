import { containersOf } from './containers.ts';
import type { Section } from './section.ts';

/** Gives a section of a case, with what it says of the values that it does not have. */
export type Recorded = (subsystem: string, kind: string, node: string) => { section: Section; unknown: object[] };

interface Actor {
  host: string;
  mesh: string;
  role: 'nameserver' | 'apps';
  up_s: number;
  /** Percent over the rounds. */
  cpu: readonly number[];
  memory: number;
  disk: readonly number[];
  steal: readonly number[];
  load: number;
  swap_mb: number;
}

const flat = (value: number) => Array<number>(12).fill(value);

/** Who plays: ns1 leads, ns2 lags on a disk that fills, ns3 goes, vm4 is starved by its host, vm5 is fine. */
export const STORY: Readonly<Record<string, Actor>> = {
  ns1: {
    host: '203.0.113.11',
    mesh: '10.0.0.1',
    role: 'nameserver',
    up_s: 5_443_200,
    cpu: [24, 26, 13, 9, 14, 25, 27, 13, 14, 15, 11, 12],
    memory: 48,
    disk: flat(57),
    steal: flat(0.1),
    load: 0.42,
    swap_mb: 80,
  },
  ns2: {
    host: '203.0.113.12',
    mesh: '10.0.0.2',
    role: 'nameserver',
    up_s: 3_542_400,
    cpu: [22, 26, 24, 22, 45, 31, 22, 12, 13, 31, 12, 23],
    memory: 61,
    disk: [84, 85, 86, 86, 87, 88, 88, 89, 90, 90, 91, 91],
    steal: flat(0.3),
    load: 2.31,
    swap_mb: 82,
  },
  ns3: {
    host: '203.0.113.13',
    mesh: '10.0.0.3',
    role: 'nameserver',
    up_s: 5_443_200,
    cpu: flat(9),
    memory: 44,
    disk: flat(52),
    steal: flat(0.2),
    load: 0.28,
    swap_mb: 60,
  },
  vm4: {
    host: '198.51.100.24',
    mesh: '10.0.0.4',
    role: 'apps',
    up_s: 10_195_200,
    cpu: [48, 55, 49, 38, 52, 45, 84, 86, 52, 63, 51, 64],
    memory: 72,
    disk: flat(37),
    steal: [1.2, 2.1, 2.3, 2.2, 3.1, 4.4, 5.6, 6.2, 7.9, 8.8, 7.4, 8.2],
    load: 6.12,
    swap_mb: 1433,
  },
  vm5: {
    host: '198.51.100.25',
    mesh: '10.0.0.5',
    role: 'apps',
    up_s: 1_036_800,
    cpu: [9, 18, 9, 10, 8, 12, 9, 9, 10, 19, 8, 9],
    memory: 41,
    disk: flat(33),
    steal: flat(0.6),
    load: 0.31,
    swap_mb: 0,
  },
};

function actor(name: string): Actor {
  const found = STORY[name];
  if (found === undefined) throw new Error(`nobody here is called ${name}`);
  return found;
}

/** The round in which ns3 is gone, and those in which ns2's troubles begin. */
const NS3_GONE = 3;
const LOOPS = 6;
const LAGS = 4;

const FAILURE = { cause: 'timeout', message: 'connection timed out after 5 s', next: 'ping -c 3 203.0.113.13' };

/** What the node says in the round: its sections, or why there are none. */
export function nodeAt(
  name: string,
  round: number,
  at_ms: number,
  recorded: Recorded,
): { failure: object } | { sections: Record<string, Section>; unknown: object[] } {
  if (name === 'ns3' && round >= NS3_GONE) return { failure: FAILURE };
  const sections: Record<string, Section> = {};
  const unknown: object[] = [];
  const take = (subsystem: string, kind: string, node: string, change: (section: Section) => Section = (section) => section) => {
    const told = recorded(subsystem, kind, node);
    sections[subsystem] = change(told.section);
    unknown.push(...told.unknown);
  };
  const nameserver = STORY[name]?.role === 'nameserver';
  take('system', 'healthy', 'ns1', (section) => systemOf(section, name, round, at_ms));
  take('services', 'healthy', nameserver ? 'ns2' : 'vm4', (section) => servicesOf(section, name, round));
  take('network', 'healthy', 'ns1');
  take('processes', 'healthy', 'ns1');
  take('wireguard', 'broken', name === 'ns3' ? 'ns1' : name, (section) => meshOf(section, name, round));
  if (nameserver) {
    const gone = round >= NS3_GONE;
    take('rqlite', gone ? 'broken-follower-stopped' : 'healthy', name, (section) => rqliteOf(section, name, round));
    take('olric', gone ? 'broken-member-gone' : 'healthy', name, (section) => ({ ...section, log_suspects_1h: 0, log_flapping_1h: 0 }));
    take('dns', 'healthy', 'ns1');
  } else {
    take('containers', 'broken', 'vm4', (section) => containersOf(section, name, round));
  }
  return { sections, unknown: unknown.filter((entry) => (entry as { kind: string }).kind === 'absent') };
}

function systemOf(section: Section, name: string, round: number, at_ms: number): Section {
  const { cpu, memory, disk, steal, load, up_s, swap_mb } = actor(name);
  const use_pct = disk[round] ?? 0;
  const [root = { total_bytes: 0 }, ...others] = section['filesystems'] as { total_bytes: number }[];
  const total = root.total_bytes;
  const used_bytes = Math.round((total * use_pct) / 100);
  return {
    ...section,
    time_unix: Math.round(at_ms / 1000),
    uptime_seconds: up_s + round * 90,
    rates_over_s: 90,
    ...{ cpu_use_pct: cpu[round], cpu_steal_pct: steal[round], load_avg_1: load, load_avg_5: load, load_avg_15: load, mem_use_pct: memory },
    ...{ mem_available_mb: Math.round((7937 * (100 - memory)) / 100), mem_used_mb: Math.round((7937 * memory) / 100) },
    ...{ swap_total_mb: 4096, swap_used_mb: swap_mb, swap_cached_mb: 12, disk_use_pct: use_pct },
    filesystems: [{ ...root, use_pct, used_bytes, avail_bytes: total - used_bytes }, ...others.map((each) => ({ ...each, use_pct: 30 }))],
  };
}

function servicesOf(section: Section, name: string, round: number): Section {
  if (name !== 'ns2' || round < LOOPS) return section;
  const restarts = 1 + (round - LOOPS);
  const services = (section['services'] as Section[]).map((unit) =>
    unit['name'] === 'orama-gateway'
      ? {
          ...unit,
          active_state: 'activating',
          sub_state: 'auto-restart',
          n_restarts: restarts,
          active_since_sec: null,
          state_since_sec: 14,
          result: 'exit-code',
          exit_status: 1,
          restart_loop_risk: true,
        }
      : unit,
  );
  return {
    ...section,
    services,
    restarts_recent: { seconds: (round - LOOPS + 1) * 90, units: [{ name: 'orama-gateway', count: restarts }] },
  };
}

function rqliteOf(section: Section, name: string, round: number): Section {
  const head = 184_205 + round * 437;
  const behind = name === 'ns2' && round >= LAGS ? 437 * (round - LAGS) + 1316 : 2;
  const index = name === 'ns1' ? head : head - behind;
  return {
    ...section,
    term: 42,
    applied_index: index,
    commit_index: head,
    last_log_index: head,
    db_size: '118 MB',
    db_size_bytes: 123_731_968,
    uptime: '984h0m0s',
  };
}

interface Peer {
  endpoint: string;
  handshake_age_sec: number;
}

/** Links as they should be, but for those to ns3, which grow old. */
function meshOf(section: Section, name: string, round: number): Section {
  const own = STORY[name];
  const peers = Object.entries(STORY).flatMap(([other, { host, mesh }], at) => {
    const known = (section['peers'] as Peer[])[0];
    const silent_s = other === 'ns3' && round >= NS3_GONE ? (round - NS3_GONE) * 90 + 60 + at : 20 + ((at * 37 + round * 11) % 90);
    return other === name
      ? []
      : [
          {
            ...known,
            public_key: keyOf(other),
            endpoint: `${host}:51820`,
            allowed_ips: `${mesh}/32`,
            handshake_age_sec: silent_s,
            never_shook_hands: false,
          },
        ];
  });
  return { ...section, wg_ip: own?.mesh, public_key: keyOf(name), peers, peer_count: peers.length, mtu: 1420, config_perms: '600' };
}

/** Looks like a key and is none. */
function keyOf(name: string): string {
  return `${Buffer.from(`demo key of ${name}, which is none`).toString('base64').slice(0, 43)}=`;
}
