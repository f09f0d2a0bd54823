import type { Report } from '../../src/core/report.ts';
import type { Failure, NodeSnapshot, Snapshot } from '../../src/core/snapshot.ts';
import type { Round } from '../../src/cli/monitor/round.ts';
import { judged } from '../../src/cli/monitor/judged.ts';
import type { Wants } from '../../src/cli/monitor/wants.ts';

/** 2026-11-17T03:14:07Z. */
const NIGHT_MS = Date.UTC(2026, 10, 17, 3, 14, 7);

const GIB = 2 ** 30;

/** What every machine of the cast says of itself, but for what a test changes. */
export function system(more: object = {}): object {
  return {
    ...{
      uptime_seconds: 3_542_400,
      uptime_since: '2026-10-07 03:14:07',
      time_unix: NIGHT_MS / 1000,
      time_synchronised: true,
      time_source: 'chrony',
    },
    ...{
      load_avg_1: 0.42,
      load_avg_5: 0.4,
      load_avg_15: 0.39,
      cpu_use_pct: 12,
      cpu_steal_pct: 0.1,
      cpu_iowait_pct: 0.2,
      rates_over_s: 300,
      cpu_count: 4,
    },
    ...{ mem_total_mb: 7937, mem_used_mb: 3800, mem_free_mb: 900, mem_available_mb: 4137, mem_use_pct: 48 },
    ...{ swap_total_mb: 2048, swap_used_mb: 82, swap_cached_mb: 12, oom_kills: 0, oom_kills_new: 0 },
    ...{
      disk_total_gb: '78G',
      disk_used_gb: '44G',
      disk_avail_gb: '34G',
      disk_use_pct: 57,
      inode_use_pct: 23,
      filesystems: [filesystem('/', 57)],
    },
    ...{ disk_io: [], psi: { cpu: null, memory: null, io: null }, heaviest: [{ pid: 7, name: 'shop', rss_mb: 640, cpu_pct: 5 }] },
    ...{ os_name: 'Debian GNU/Linux 12 (bookworm)', kernel_version: '6.1.0-28', reboot_required: false, md_arrays: [], temperatures: [] },
    ...more,
  };
}

/** A file system of 78 GiB. */
export function filesystem(mount: string, use_pct: number): object {
  const total_bytes = 78 * GIB;
  const avail_bytes = Math.round((total_bytes * (100 - use_pct)) / 100);
  const used_bytes = total_bytes - avail_bytes;
  return {
    mount,
    device: '/dev/sda1',
    type: 'ext4',
    total_bytes,
    used_bytes,
    avail_bytes,
    use_pct,
    inode_use_pct: 23,
    read_only: false,
    turned_read_only: false,
    should_be_writable: true,
  };
}

/** A report with these sections; what it does not name is absent. */
export function report(sections: Record<string, object>, more: Partial<Report> = {}): Report {
  return {
    ...{
      schema_version: 1,
      timestamp: new Date(NIGHT_MS).toISOString(),
      hostname: 'box',
      public_ip: null,
      wireguard_ip: null,
      version: '1.4.0',
    },
    ...{ profile: 'default', expected: [], collect_ms: 526, errors: [], unknown: [] },
    states: Object.fromEntries(Object.keys(sections).map((name) => [name, 'ok' as const])),
    ...sections,
    ...more,
  };
}

/** How a node is that did not answer in time. */
export const SILENT: Failure = { cause: 'timeout', message: 'connection timed out after 5 s', next: 'ping -c 3 203.0.113.13' };

/** A node that answered with this report, or did not answer for this reason. */
export function node(name: string, answer: Report | Failure, more: Partial<NodeSnapshot> = {}): NodeSnapshot {
  const answered = 'states' in answer;
  return {
    ...{
      name,
      host: `${name}.example.net`,
      environment: 'testnet',
      role: 'nameserver',
      tags: [],
      groups: [],
      via: 'ward',
      profile: 'default',
      notes: [],
    },
    report: answered ? answer : null,
    failure: answered ? null : answer,
    asked_at_ms: NIGHT_MS,
    answered_at_ms: NIGHT_MS + 900,
    ...more,
  };
}

/** ns1 is fine, ns2 has a full disk, ns3 does not answer, vm4 has steal, and of vm5 a value could not be read. */
export const CAST: readonly NodeSnapshot[] = [
  node('ns1', report({ system: system() })),
  node('ns2', report({ system: system({ filesystems: [filesystem('/', 91), filesystem('/srv/backup', 64)] }) })),
  node('ns3', SILENT),
  node('vm4', report({ system: system({ cpu_steal_pct: 8.2, swap_used_mb: 700 }) }), { role: 'apps' }),
  node(
    'vm5',
    report(
      { system: system({ temperatures: null }) },
      { unknown: [{ path: 'system.temperatures', kind: 'denied', reason: '/sys/class/hwmon: permission denied' }] },
    ),
    { role: 'apps' },
  ),
];

/** A round over these nodes as `ward monitor` would take it. */
export function round(nodes: readonly NodeSnapshot[] = CAST, shown: readonly string[] = nodes.map(({ name }) => name)): Round {
  const snapshot: Snapshot = { environment: 'testnet', taken_at_ms: NIGHT_MS, duration_ms: 5300, nodes };
  return { snapshot, ...judged(snapshot, []), shown: new Set(shown) };
}

/** Nothing asked for but the view, in UTC. */
export function wants(view: string, more: Partial<Wants> = {}): Wants {
  return {
    ...{
      view,
      env: 'testnet',
      node: [],
      tag: [],
      role: [],
      ssh: [],
      config: null,
      form: 'table',
      timeout_s: 20,
      failOn: null,
      watch_s: null,
      replay: null,
      from: [],
      interval_s: 30,
    },
    ...{ all: false, utc: true, nagios: false, agentless: false, askPassword: false },
    ...more,
  };
}
