import { ageInWords, many } from '../../core/units.ts';
import type { Restarts, Service } from './section.ts';

/** So many restarts within so many seconds are a loop. */
export interface LoopLevels {
  restarts: number;
  within_s: number;
}

export const LOOP: LoopLevels = { restarts: 4, within_s: 600 };

/** What one must know of a unit to judge it. */
export type Restarting = Pick<Service, 'name' | 'active_state' | 'sub_state' | 'n_restarts' | 'active_since_sec'>;

/**
 * By what one sees that a unit restarts again and again; null if it does not. The rate since the last report decides where that is
 * long enough ago; else two restarts since then, or one so lately that it fits the rate.
 */
export function loopSeen(unit: Restarting, recent: Restarts | null, levels: LoopLevels = LOOP): string | null {
  const all = unit.n_restarts ?? 0;
  if (unit.active_state === 'failed' || all < levels.restarts) return null;
  const usual_s = levels.within_s / levels.restarts;
  const rate = recent === null ? null : rateOf(unit.name, recent);
  if (rate !== null && (rate.seconds >= usual_s || rate.count >= 2)) return byRate(rate, levels);
  const last = lastRestart(unit, usual_s);
  return last === null ? null : `${many(all, 'time')} since it was last started by hand, ${last}`;
}

interface Rate {
  count: number;
  seconds: number;
}

function rateOf(name: string, { units, seconds }: Restarts): Rate {
  return { seconds, count: units.find((each) => each.name === name)?.count ?? 0 };
}

function byRate({ count, seconds }: Rate, { restarts, within_s }: LoopLevels): string | null {
  return (count * within_s) / seconds >= restarts ? `${many(count, 'time')} in ${ageInWords(seconds)}` : null;
}

/** When it last restarted, if that was lately. */
function lastRestart({ sub_state, active_since_sec: since }: Restarting, lately_s: number): string | null {
  if (sub_state?.startsWith('auto-restart') === true) return 'and about to again';
  return since !== null && since < lately_s ? `the last ${ageInWords(since)} ago` : null;
}
