import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/core/report.ts';
import type { NodeSnapshot } from '../../src/core/snapshot.ts';
import { fleetReport } from '../../src/cli/monitor/json/fleet-report.ts';
import { judged } from '../../src/cli/monitor/judged.ts';
import { SUBSYSTEMS } from '../../src/subsystems/all.gen.ts';
import { casesOf, replayed } from '../cases/case.ts';

/** As the original's guide prints one node's report; `...` in it is left out. */
const NODE = {
  timestamp: '2026-02-16T12:00:00Z',
  hostname: 'ns1',
  version: '0.107.0',
  collect_ms: 526,
  errors: [],
  system: { cpu_count: 4, load_avg_1: 0.1, mem_total_mb: 7937 },
  services: { services: [{}], failed_units: [] },
  rqlite: { responsive: true, raft_state: 'Leader', term: 42 },
  olric: { service_active: true, memberlist_up: true },
  ipfs: { daemon_active: true, swarm_peers: 2 },
  gateway: { responsive: true, http_status: 200 },
  wireguard: { interface_up: true, wg_ip: '10.0.0.1', peers: [{}] },
  dns: { coredns_active: true, caddy_active: true, base_tls_days_left: 88 },
  anyone: { relay_active: true, bootstrapped: true },
  network: { internet_reachable: true, ufw_active: true },
  processes: { zombie_count: 0, orphan_count: 0, panic_count: 0 },
  namespaces: [],
};

/** As it prints the whole fleet's. */
const FLEET = {
  meta: { environment: 'testnet', collected_at: '2026-02-16T12:00:00Z', duration_seconds: 3.2, node_count: 3, healthy_count: 3 },
  summary: {
    rqlite_leader: '10.0.0.1',
    rqlite_voters: '3/3',
    rqlite_raft_term: 42,
    wg_mesh_status: 'all connected',
    service_health: 'all nominal',
    critical_alerts: 0,
    warning_alerts: 1,
    info_alerts: 0,
  },
  alerts: [],
  nodes: [{ host: '51.195.109.238', status: 'healthy', collection_ms: 526, report: NODE }],
};

const NODES = ['ns1', 'ns2', 'ns3'];
let fleet: object;

/** Three healthy nodes, put together from what was recorded of each subsystem by itself. */
beforeAll(async () => {
  const nodes = await Promise.all(NODES.map(wholeNode));
  const snapshot = { environment: 'testnet', taken_at_ms: Date.UTC(2026, 1, 16, 12), duration_ms: 3_200, nodes };
  fleet = fleetReport({ snapshot, ...judged(snapshot, []), shown: new Set(NODES) });
});

async function wholeNode(name: string): Promise<NodeSnapshot> {
  const parts = await Promise.all(
    SUBSYSTEMS.map(async (subsystem) => {
      const folder = new URL(`../../src/subsystems/${subsystem.name}/cases`, import.meta.url).pathname;
      const healthy = casesOf(subsystem, folder).find((each) => each.folder === join(folder, 'healthy'));
      const recorded = healthy?.nodes.find((each) => each.name === name) ?? healthy?.nodes.at(-1);
      if (recorded === undefined) throw new Error(`${subsystem.name} has no healthy case`);
      return (await replayed(subsystem, name, recorded.text)).node;
    }),
  );
  const [first] = parts;
  const reports = parts.flatMap(({ report }) => (report === null ? [] : [report]));
  const report = Object.assign({}, ...reports, {
    hostname: name,
    states: Object.assign({}, ...reports.map(({ states }) => states)),
  }) as Report;
  return { ...(first as NodeSnapshot), report };
}

/** Where the value is not as the document prints it: a key that is not there, another type. */
function differences(printed: unknown, value: unknown, path: string): string[] {
  if (Array.isArray(printed)) {
    if (!Array.isArray(value)) return [`${path} is no list`];
    return printed.flatMap((item) => (value.length === 0 ? [`${path} is empty`] : differences(item, value[0], `${path}[0]`)));
  }
  if (typeof printed !== 'object' || printed === null)
    return typeof value === typeof printed ? [] : [`${path} is ${JSON.stringify(value)}`];
  if (typeof value !== 'object' || value === null) return [`${path} is ${JSON.stringify(value)}`];
  return Object.entries(printed).flatMap(([key, each]) =>
    key in value ? differences(each, (value as Record<string, unknown>)[key], `${path}.${key}`) : [`${path}.${key} is not there`],
  );
}

describe('ward monitor report', () => {
  it('has every key that the original’s guide prints, of the same type', () => {
    expect(differences(FLEET, fleet, '$')).toEqual([]);
  });

  it('uses the document’s words where all is well', () => {
    expect(fleet).toMatchObject({
      summary: { rqlite_voters: '3/3', wg_mesh_status: 'all connected', service_health: 'all nominal' },
      nodes: [{}, {}, {}],
    });
  });

  it('would tell a key that is missing, or of another type', () => {
    expect(differences(FLEET, { ...fleet, alerts: null, summary: {} }, '$')).toHaveLength(9);
  });
});
