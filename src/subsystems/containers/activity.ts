import { type Answer, type Ask, type Change, orNull } from '../../core/ask.ts';
import type { Asked } from '../../core/section.ts';
import { absent } from '../../core/unknown.ts';
import { type Looked, shortId } from './look.ts';
import type { Recently } from './restart-loop.ts';
import type { Activity } from './section.ts';
import type { Disk, Network } from './usage.ts';

/** What is kept of one container until the next report; null for what was not counted. */
interface Counters {
  /** When it was last started: another time means that the counters began anew. */
  started: string;
  restarts: number;
  cpu_ns: number | null;
  disk: Disk | null;
  network: Network | null;
}

/** By the containers' short identities; those that could not be looked at are left out. */
export type AllCounters = Record<string, Counters>;

/** One look at the counters of all containers. */
export function counters(ask: Ask, looked: Answer<readonly Looked[]>): Answer<AllCounters> {
  return ask.after(looked, (all) =>
    ask.all(
      all.flatMap(({ told, usage }) => [told, ...(usage === null ? [] : [usage.cpu_ns, usage.disk, usage.network])]),
      () => Object.fromEntries(all.flatMap(countersOf)),
    ),
  );
}

function countersOf({ found, told, usage }: Looked): [string, Counters][] {
  const facts = orNull(() => ({ started: told().at('State', 'StartedAt').text, restarts: told().at('RestartCount').number }));
  if (facts === null) return [];
  const counted =
    usage === null
      ? { cpu_ns: null, disk: null, network: null }
      : { cpu_ns: orNull(usage.cpu_ns), disk: orNull(usage.disk), network: orNull(usage.network) };
  return [[shortId(found.id), { ...facts, ...counted }]];
}

/** Whether it can have done anything; one that ended has not. */
export function isActive({ found: { state }, usage }: Looked): boolean {
  return usage !== null || state === 'restarting';
}

/** What one container did between two looks. */
export function activityOf({ found }: Looked, change: Change<AllCounters>): Asked<Activity> {
  const id = shortId(found.id);
  const grown = <T>(counter: (counters: Counters) => T | null) => twice(change, id, counter);
  const rate = (from: number, to: number): number => {
    if (to < from) throw absent('it was counted anew since the last look');
    return (to - from) / change.seconds;
  };
  return {
    id,
    cpu_pct: () => Math.round(rate(...grown(({ cpu_ns }) => cpu_ns)) / 1e6) / 10,
    disk: () => {
      const [from, to] = grown(({ disk }) => disk);
      return {
        read_bytes_per_s: Math.round(rate(from.read_bytes, to.read_bytes)),
        write_bytes_per_s: Math.round(rate(from.write_bytes, to.write_bytes)),
      };
    },
    network: () => {
      const [from, to] = grown(({ network }) => network);
      return { rx_bytes_per_s: Math.round(rate(from.rx_bytes, to.rx_bytes)), tx_bytes_per_s: Math.round(rate(from.tx_bytes, to.tx_bytes)) };
    },
    restarts: () => restartsOf(id, change).restarts ?? absent('there are no two looks at it'),
  };
}

/** A counter then and now, if it is the same run of the container. */
function twice<T>({ before, now }: Change<AllCounters>, id: string, counter: (counters: Counters) => T | null): [T, T] {
  const [then, current] = [before[id], now[id]];
  if (then === undefined || current === undefined) throw absent('there are no two looks at it');
  if (then.started !== current.started) throw absent('it was started anew since the last look');
  const [from, to] = [counter(then), counter(current)];
  if (from === null || to === null) throw absent('it was not counted, or it did not run');
  return [from, to];
}

/** How often a container restarted between two looks. A count that went back began anew when somebody started it. */
export function restartsOf(id: string, { before, now, seconds }: Change<AllCounters>): Recently {
  const [then, current] = [before[id]?.restarts, now[id]?.restarts];
  if (then === undefined || current === undefined) return { seconds, restarts: null };
  return { seconds, restarts: current < then ? current : current - then };
}
