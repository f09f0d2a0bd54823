import { onceFor } from '../../core/once-for.ts';
import { loopSeen, type Recently } from './restart-loop.ts';
import type { Activity, Container, Containers } from './section.ts';

/** What is wrong with a container as such, the first that holds. */
export type Trouble = 'unhealthy' | 'restarts' | 'oom-killed' | 'exited';

/** An end by a signal that people and `docker stop` send: INT, KILL, TERM. */
const STOPPED = [130, 137, 143];

/** Null for one that is as it should be. */
export function troubleOf(container: Container, recent: Recently | null): Trouble | null {
  if (loopSeen(container, recent) !== null) return 'restarts';
  if (isUnhealthy(container)) return 'unhealthy';
  if (wasKilled(container)) return 'oom-killed';
  return gaveUp(container) ? 'exited' : null;
}

export function isUnhealthy({ state, health }: Container): boolean {
  return state === 'running' && health?.status === 'unhealthy';
}

/** An old end of one that nothing starts again is history. */
const HISTORY_S = 86_400;

/** Killed by the kernel for lack of memory, and nobody started it since. */
export function wasKilled(container: Container): boolean {
  const { oom_killed, state, ended } = container;
  return oom_killed === true && (state === 'running' || shouldRun(container) || (ended?.ago_sec ?? 0) < HISTORY_S);
}

/** Whether the engine starts it again when it ends with an error. */
export function shouldRun({ restart_policy }: Container): boolean {
  return restart_policy !== null && restart_policy !== 'no';
}

/** It ended with an error, or could not be started, although it should run. */
export function gaveUp(container: Container): boolean {
  const { state, error } = container;
  if (!shouldRun(container)) return false;
  if (state === 'created') return (error ?? '') !== '';
  return state === 'dead' || (['exited', 'stopped'].includes(state) && endedBadly(container));
}

/** With a policy of `always` only a person's stop leaves a container ended, unless its engine could not start it again. */
function endedBadly({ ended, error, restart_policy }: Container): boolean {
  if (ended === null || ended.exit_code === 0) return false;
  return restart_policy?.startsWith('on-failure') === true || (error ?? '') !== '' || !STOPPED.includes(ended.exit_code);
}

/** What each container did since the last report, by its identity. */
export const recently = onceFor(({ recent }: Pick<Containers, 'recent'>): ((id: string) => (Activity & { seconds: number }) | null) => {
  const known = new Map(recent?.containers.map((each) => [each.id, { ...each, seconds: recent.seconds }]));
  return (id) => known.get(id) ?? null;
});
