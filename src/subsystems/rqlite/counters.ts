import { type Change, orNull } from '../../core/ask.ts';
import type { Json } from '../../core/json.ts';
import type { Fields } from '../../core/section.ts';
import { absent, failed } from '../../core/unknown.ts';
import type { Counters, Recent } from './section.ts';

/** Each counter by its places among the debug variables, summed over the inner lists: nested by area in newer ones, flat in older. */
const PLACES: Readonly<Record<keyof Counters, readonly (readonly string[])[]>> = {
  query_errors: [['db.query_errors', 'query_errors', 'api_query_errors']],
  execute_errors: [['db.execution_errors', 'db.execute_errors', 'execute_errors', 'api_execute_errors']],
  remote_exec_errors: [['http.remote_executions_failed', 'remote_exec_errors', 'api_remote_exec_errors']],
  leader_not_found: [['http.leader_not_found', 'leader_not_found', 'store_leader_not_found']],
  snapshot_errors: [['store.num_snapshots_failed', 'snapshot_errors']],
  client_retries: [['cluster.num_client_retries', 'client_retries']],
  client_timeouts: [['cluster.num_client_read_timeouts', 'client_timeouts'], ['cluster.num_client_write_timeouts']],
};
const NAMES = Object.keys(PLACES) as (keyof Counters)[];

/** What is kept from one report to the next. `started` is new whenever rqlite starts, which sets all back. */
export interface Tally {
  started: string;
  applied: number | null;
  counters: Counters;
}

/** The counters of one look. */
export function tallied(status: Json, vars: Json): Tally {
  const counters = Object.fromEntries(NAMES.map((name) => [name, counted(vars, name)])) as Record<keyof Counters, number | null>;
  return {
    started: `${String(status.at('os', 'pid').value)} ${String(status.at('node', 'start_time').value)}`.slice(0, 80),
    applied: orNull(() => status.at('store', 'raft', 'applied_index').count),
    counters,
  };
}

/** A further place that is not there adds nothing. */
function counted(vars: Json, name: keyof Counters): number | null {
  const counts = PLACES[name].map((places) =>
    orNull(() => places.map((place) => vars.at(...place.split('.'))).reduce((found, next) => found.or(next)).count),
  );
  return counts[0] === null ? null : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

/** The counters as fields, absent where this rqlite does not count such. */
export function counterFields({ counters }: Tally): Fields<Counters> {
  return Object.fromEntries(NAMES.map((name) => [name, counters[name] ?? absent(`this rqlite counts no ${name}`)])) as Fields<Counters>;
}

/** What came since the last report; nothing is known across a restart of rqlite. */
export function grown({ before, now, seconds }: Change<Tally>): Fields<Recent> {
  if (before.started !== now.started) throw absent('rqlite was started since the last report');
  const growth = (then: number | null | undefined, count: number | null) => {
    if (typeof then !== 'number' || count === null) return absent('it was not counted both times');
    return count >= then ? count - then : failed('the counter was set back');
  };
  return {
    seconds: Math.round(seconds * 10) / 10,
    applied: growth(before.applied, now.applied),
    ...(Object.fromEntries(NAMES.map((name) => [name, growth(before.counters[name], now.counters[name])])) as Fields<Counters>),
  };
}
