import { type Answer, type Ask, orNull } from '../../core/ask.ts';
import type { Clock, JournalLine } from '../../core/host.ts';
import type { Asked } from '../../core/section.ts';
import { absent } from '../../core/unknown.ts';
import type { FailedUnit } from './section.ts';
import { ago } from './service-fields.ts';
import { shortName } from './unit-name.ts';

/** Logs of more units than this are not read. */
const MOST_LOGS = 5;
const WEEK_S = 7 * 86_400;
const LINES = 10;
const LENGTH = 300;

/** The last lines of a unit's log. */
export function lastLines(ask: Ask, unit: string): Answer<JournalLine[]> {
  return ask.journal(unit, WEEK_S, LINES);
}

/** Their text, none longer than a few lines of a terminal. */
export function texts(lines: readonly JournalLine[]): string[] {
  return lines.map(({ text }) => text.slice(0, LENGTH));
}

/** The units that somebody named, and an answer that comes when systemd has told of them. */
interface Watched {
  named: readonly string[];
  answered: Answer<unknown>;
}

/** What is known of the failed units; those that somebody named come first, and so do their logs. */
export function failedUnits(
  ask: Ask,
  failing: Answer<readonly string[]>,
  { named, answered }: Watched,
  clock: () => Clock,
): () => readonly Asked<FailedUnit>[] {
  // Waits for the others, so that one look at the journal serves all who ask for lines.
  const ordered = ask.all([failing, answered], () => [...failing()].sort((a, b) => Number(named.includes(b)) - Number(named.includes(a))));
  const details = ask.each(ordered, (name) => ({
    name,
    unit: ask.unit(name),
    log: (orNull(ordered) ?? []).indexOf(name) < MOST_LOGS ? lastLines(ask, name) : unread,
  }));
  return () =>
    details().map(({ name, unit, log }) => ({
      name: shortName(name),
      result: () => unit().result ?? absent('systemd notes no result'),
      exit_status: () => unit().exit_status ?? absent('systemd notes no exit status'),
      since_sec: () => ago(unit().state_change_us, clock),
      log: () => texts(log()),
    }));
}

function unread(): never {
  throw absent(`logs of the first ${MOST_LOGS} failed units only are read`);
}
