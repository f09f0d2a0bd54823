import { type Answer, type Ask, type Change, orNull } from '../../core/ask.ts';
import type { Clock } from '../../core/host.ts';
import type { Asked } from '../../core/section.ts';
import { type AllCounters, restartsOf } from './activity.ts';
import { engineOf } from './engine.ts';
import { age } from './health.ts';
import { hasTerminal, unixSeconds } from './inspected.ts';
import { logLines } from './log-frames.ts';
import { type Looked, shortId } from './look.ts';
import { loopSeen } from './restart-loop.ts';
import type { Containers } from './section.ts';

const MOST_LOGS = 5;
const LINES = 10;

/** The last lines of the containers that are unhealthy, restart in a loop, or ended with an error. */
export function sickLogs(
  ask: Ask,
  looked: Answer<readonly Looked[]>,
  clock: Answer<Clock>,
  change: Answer<Change<AllCounters>>,
): () => readonly Asked<NonNullable<Containers['logs']>[number]>[] {
  const now_s = () => clock().unix_ms / 1000;
  const sick = ask.all([looked, clock, change], () =>
    looked()
      .filter((each) => isSick(each, now_s, orNull(change)))
      .slice(0, MOST_LOGS),
  );
  const asked = ask.each(sick, ({ found, told }) => ({
    id: shortId(found.id),
    name: found.name,
    log: engineOf(ask, found.socket).log(found.id, LINES),
    terminal: () => hasTerminal(told()),
  }));
  return () => asked().map(({ id, name, log, terminal }) => ({ id, name, lines: () => logLines(log(), terminal(), LINES) }));
}

function isSick({ found: { id, state }, told }: Looked, now_s: () => number, change: Change<AllCounters> | null): boolean {
  const facts = orNull(() => {
    const [status, exit, killed] = [
      told().at('State', 'Health', 'Status'),
      told().at('State', 'ExitCode').number,
      told().at('State', 'OOMKilled'),
    ];
    return {
      unhealthy: status.given && status.text === 'unhealthy',
      failed: state !== 'running' && (exit !== 0 || (killed.given && killed.boolean)),
      restarts: told().at('RestartCount').number,
      started_sec: age(unixSeconds(told().at('State', 'StartedAt')), now_s(), 'it never started'),
    };
  });
  if (facts === null) return false;
  return (
    facts.unhealthy || facts.failed || loopSeen({ state, ...facts }, change === null ? null : restartsOf(shortId(id), change)) !== null
  );
}
