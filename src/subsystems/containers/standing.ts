import type { Role } from '../../core/view.ts';
import type { Recently } from './restart-loop.ts';
import type { Container } from './section.ts';
import { shouldRun, troubleOf } from './trouble.ts';

/** A container in one word, for every table. */
export interface Standing {
  container: Container;
  /** With its sign: `! unhealthy`. */
  word: string;
  role: Role;
  /** How long; null if not known. */
  for_sec: number | null;
  /** Whether `for_sec` is only the least that it can be. */
  at_least: boolean;
  /** Whether it counts among those that should run, and whether it is well. */
  counts: boolean;
  well: boolean;
}

const TROUBLES = { unhealthy: '! unhealthy', restarts: '! restarts', 'oom-killed': '! killed', exited: '! exited' } as const;

/** How a container stands. */
export function standingOf(container: Container, recent: Recently | null): Standing {
  const trouble = troubleOf(container, recent);
  const [word, role] = trouble === null ? calmWord(container) : ([TROUBLES[trouble], 'warn'] as const);
  const at_least = trouble === 'unhealthy';
  const well = trouble === null && isAlive(container);
  return {
    container,
    word,
    role,
    for_sec: at_least ? failingFor(container) : inThisState(container),
    at_least,
    counts: trouble !== null || isExpected(container),
    well,
  };
}

function isAlive({ state }: Container): boolean {
  return state === 'running' || state === 'paused';
}

function isExpected(container: Container): boolean {
  return isAlive(container) || container.state === 'restarting' || (container.state === 'created' && shouldRun(container));
}

function failingFor({ health }: Container): number | null {
  return health?.failing_for_sec ?? null;
}

function inThisState(container: Container): number | null {
  return isAlive(container) ? container.started_sec : (container.ended?.ago_sec ?? null);
}

function calmWord({ state, health, restarts }: Container): readonly [string, Role] {
  if (state === 'paused') return ['· paused', 'plain'];
  if (state !== 'running') return [`– ${state}`, 'faint'];
  if (health?.status === 'healthy') return ['✓ healthy', 'ok'];
  if (health?.status === 'starting') return ['· starting', 'plain'];
  // Without its details one cannot say that it is well.
  return restarts === null ? ['? unknown', 'muted'] : ['· running', 'plain'];
}
