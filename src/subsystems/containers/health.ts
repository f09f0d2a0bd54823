import type { Json } from '../../core/json.ts';
import { scrubbed } from '../../core/scrub.ts';
import type { Fields } from '../../core/section.ts';
import { absent, unparsed } from '../../core/unknown.ts';
import { type Inspected, unixSeconds } from './inspected.ts';
import type { Health, Probe } from './section.ts';

const SHOWN = 3;
const LENGTH = 300;
/** Docker's own, where a check names no interval. */
const INTERVAL_S = 30;

/** How the health check goes; throws an absent one where there is none. */
export function healthOf(told: Inspected, now_s: number): Fields<Health> {
  const state = told.at('State', 'Health');
  const status = state.given ? state.at('Status').text : 'none';
  if (status === 'none' || status === '') throw absent('it has no health check');
  if (status !== 'starting' && status !== 'healthy' && status !== 'unhealthy')
    throw unparsed(`${state.path}.Status is ${status.slice(0, 40)}`);
  const log = state.at('Log');
  const kept = () => (log.given ? log.list : []);
  const streak = state.at('FailingStreak').number;
  const interval_s = intervalOf(told);
  return {
    status,
    failing_streak: streak,
    failing_for_sec: streak === 0 ? 0 : () => failingFor(kept(), streak, interval_s, now_s),
    interval_sec: interval_s,
    test: testOf(told),
    probes: () =>
      kept()
        .slice(-SHOWN)
        .map((each) => probeOf(each, now_s)),
  };
}

function probeOf(each: Json, now_s: number): Fields<Probe> {
  return {
    ago_sec: () => age(unixSeconds(each.at('End')), now_s, 'the probe has not ended'),
    exit_code: each.at('ExitCode').number,
    took_ms: () => tookMs(each),
    output: scrubbed(each.at('Output').text.trim().slice(0, LENGTH)),
  };
}

function tookMs(each: Json): number {
  const [start, end] = [unixSeconds(each.at('Start')), unixSeconds(each.at('End'))];
  if (start === null || end === null || end < start) throw absent('the probe has no beginning or no end');
  return Math.round((end - start) * 1000);
}

/** Seconds until now, never less than none: the engine's clock and ours are read at different moments. */
export function age(at_s: number | null, now_s: number, never: string): number {
  if (at_s === null) throw absent(never);
  return Math.max(0, Math.round(now_s - at_s));
}

/** A lower bound: from the first failed probe that is kept, and one interval for each failed one before it. */
function failingFor(kept: readonly Json[], streak: number, interval_s: number, now_s: number): number {
  const failed = kept.slice(-streak);
  const first = failed[0] === undefined ? null : unixSeconds(failed[0].at('Start'));
  return age(first, now_s, 'the engine keeps no failed probe') + Math.round((streak - failed.length) * interval_s);
}

/** Podman writes it in capitals of another kind; both in nanoseconds. */
function intervalOf(told: Inspected): number {
  const interval = told.at('Config', 'Healthcheck', 'Interval');
  const seconds = interval.given ? interval.number / 1e9 : 0;
  return seconds > 0 ? seconds : INTERVAL_S;
}

/** `CMD-SHELL` and `CMD` only say how it is run. */
function testOf(told: Inspected): string {
  const test = told.at('Config', 'Healthcheck', 'Test');
  const words = test.given ? test.list.map(({ text }) => text) : [];
  return scrubbed((/^CMD(-SHELL)?$/.test(words[0] ?? '') ? words.slice(1) : words).join(' ').slice(0, LENGTH));
}
