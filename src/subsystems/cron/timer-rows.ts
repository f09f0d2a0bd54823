import type { Answer, Ask } from '../../core/ask.ts';
import type { Clock, Timer } from '../../core/host.ts';
import type { Asked } from '../../core/section.ts';
import { absent } from '../../core/unknown.ts';
import type { TimerRow } from './section.ts';

/** Every timer with its moments and how the last run ended; what never ran is not asked for a result. */
export function timerRows(ask: Ask, timers: Answer<readonly Timer[]>, clock: Answer<Clock>): () => readonly Asked<TimerRow>[] {
  const each = ask.each(timers, (timer) => ({
    timer,
    unit: timer.last_trigger_us === null || timer.starts === '' ? null : ask.unit(timer.starts),
  }));
  return () =>
    each().map(({ timer, unit }) => {
      const run = () => (unit === null ? neverRan() : unit());
      return {
        name: timer.name,
        active: timer.active_state === 'active',
        starts: timer.starts,
        next_sec: () => nextSec(timer, clock()),
        last_sec: () =>
          timer.last_trigger_us === null ? neverRan() : Math.max(0, Math.round(clock().unix_ms / 1000 - timer.last_trigger_us / 1e6)),
        result: () => run().result ?? absent('systemd notes no result'),
        exit_status: () => run().exit_status ?? absent('systemd notes no exit status'),
      };
    });
}

function neverRan(): never {
  throw absent('it has not run since the machine started');
}

/** The sooner of its moments by the calendar and by intervals. */
function nextSec({ next_calendar_us, next_uptime_us }: Timer, { unix_ms, uptime_s }: Clock): number {
  const moments = [
    ...(next_calendar_us === null ? [] : [next_calendar_us / 1e6 - unix_ms / 1000]),
    ...(next_uptime_us === null ? [] : [next_uptime_us / 1e6 - uptime_s]),
  ];
  if (moments.length === 0) throw absent('it does not run again');
  return Math.max(0, Math.round(Math.min(...moments)));
}
