import { ageInWords, many } from '../../core/units.ts';
import type { Activity, Container } from './section.ts';

/** So many restarts within so many seconds are a loop. */
export interface LoopLevels {
  restarts: number;
  within_s: number;
}

export const LOOP: LoopLevels = { restarts: 4, within_s: 600 };

/** What one must know of a container to judge it. */
export type Restarting = Pick<Container, 'state' | 'restarts' | 'started_sec'>;

/** What it did since the last report, which was so many seconds ago. */
export interface Recently {
  seconds: number;
  restarts: Activity['restarts'];
}

/**
 * By what one sees that a container restarts again and again; null if it does not. The rate since the last report decides where
 * that was long enough ago; else that the engine is about to start it again, or did so a moment ago.
 */
export function loopSeen(container: Restarting, recent: Recently | null, levels: LoopLevels = LOOP): string | null {
  const { state, restarts } = container;
  if (restarts === null || restarts < levels.restarts || (state !== 'running' && state !== 'restarting')) return null;
  const usual_s = levels.within_s / levels.restarts;
  const { seconds, restarts: count } = recent ?? { seconds: 0, restarts: null };
  if (count === null || (seconds < usual_s && count < 2)) return byLast(container, restarts, usual_s);
  return byRate(count, seconds, levels);
}

function byRate(count: number, seconds: number, levels: LoopLevels): string | null {
  return (count * levels.within_s) / seconds >= levels.restarts ? `${many(count, 'time')} in ${ageInWords(seconds)}` : null;
}

/** When it last restarted, if that was lately. */
function byLast({ state, started_sec }: Restarting, restarts: number, lately_s: number): string | null {
  const all = `${many(restarts, 'time')} in all`;
  if (state === 'restarting') return `${all}, and about to again`;
  return started_sec !== null && started_sec < lately_s ? `${all}, the last ${ageInWords(started_sec)} ago` : null;
}
