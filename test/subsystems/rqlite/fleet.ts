import { type Evaluation, evaluate } from '../../../src/core/evaluate.ts';
import type { Snapshot } from '../../../src/core/snapshot.ts';
import { rules } from '../../../src/subsystems/rqlite/rules.ts';
import type { Rqlite, SeenNode } from '../../../src/subsystems/rqlite/section.ts';
import { node, report, SILENT } from '../../cli/fleet.ts';

export type Part = Partial<Rqlite>;

/** How a node stands in a cluster of these ids, of which it reaches all but `lost`. */
export function standing(
  id: string,
  ids: readonly string[],
  { lost = [], readers = [], ...part }: Part & { lost?: readonly string[]; readers?: readonly string[] } = {},
): Rqlite {
  const nodes = Object.fromEntries(
    ids.map((each): [string, SeenNode] => [
      each,
      {
        reachable: !lost.includes(each),
        leader: false,
        voter: !readers.includes(each),
        time_ms: null,
        error: lost.includes(each) ? 'refused' : '',
        addr: `${each}:7001`,
      },
    ]),
  );
  return {
    unit: 'rqlite.service',
    api: '127.0.0.1:4001',
    responsive: true,
    ready: true,
    not_ready: [],
    strong_read: true,
    raft_state: id === ids[0] ? 'Leader' : 'Follower',
    has_leader: true,
    leader_addr: `${ids[0]}:7001`,
    leader_id: ids[0] ?? null,
    node_id: id,
    addr: `${id}:7001`,
    term: 7,
    applied_index: 1000,
    commit_index: 1000,
    last_log_index: 1000,
    last_snapshot_index: 0,
    fsm_pending: 0,
    last_contact: '10ms',
    last_contact_ms: 10,
    num_peers: ids.length - 1,
    voter: !readers.includes(id),
    db_size: null,
    db_size_bytes: null,
    uptime: null,
    version: 'v8.36.0',
    goroutines: 30,
    heap_mb: 3,
    nodes,
    debug_vars: null,
    since_last: null,
    ...part,
  };
}

/** What stays known of one that does not answer. */
export function silent(): Rqlite {
  const nothing = Object.fromEntries(Object.keys(standing('x', ['x'])).map((key) => [key, null])) as unknown as Rqlite;
  return { ...nothing, unit: 'rqlite.service', responsive: false };
}

const PLACE = { role: 'node', profile: 'orama', asked_at_ms: 0, answered_at_ms: 0 } as const;

/** A fleet of nodes named as their hosts; null for one that gave no report. */
export function fleetOf(sections: Readonly<Record<string, Rqlite | null>>): Snapshot {
  const nodes = Object.entries(sections).map(([name, rqlite]) =>
    node(name, rqlite === null ? SILENT : report({ rqlite }), { ...PLACE, host: name }),
  );
  return { environment: null, taken_at_ms: 0, duration_ms: 0, nodes };
}

/** The findings on a fleet, each as `severity rule node subject`, muted ones marked. */
export function found(snapshot: Snapshot): string[] {
  const { findings }: Evaluation = evaluate(snapshot, [{ name: 'rqlite', rules }], []);
  return findings.map(
    ({ severity, rule, node, subject, state }) =>
      `${severity} ${rule.slice('rqlite/'.length)} ${node} ${subject}${state === 'muted' ? ' muted' : ''}`,
  );
}
