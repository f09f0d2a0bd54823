import type { Asked } from '../../core/section.ts';
import { absent } from '../../core/unknown.ts';
import { lastRun, nextRun } from './calendar.ts';
import type { Entry } from './crontab.ts';
import { type History, lastRunOf } from './history.ts';
import type { Schedule } from './schedule.ts';
import type { Job } from './section.ts';
import { type Zone, zoneNamed } from './zone.ts';

/** What every job is held against. */
export interface JobFacts {
  zone(): Zone;
  history(): History;
  now_ms(): number;
}

/** A job may take so long until the log names it. */
const GRACE_MS = 300_000;

/** One line of a crontab with its moments. */
export function jobFields(entry: Entry, { zone, history, now_ms }: JobFacts): Asked<Job> {
  const own = () => (entry.zone === null ? zone() : zoneNamed(entry.zone));
  const moment = (find: (schedule: Schedule) => number | null) => {
    if (typeof entry.runs === 'string') throw absent(entry.runs);
    const at_ms = find(entry.runs);
    if (at_ms === null) throw absent('there is no such day');
    return Math.abs(Math.round((at_ms - now_ms()) / 1000));
  };
  const { file, line, user, schedule, command } = entry;
  return {
    file,
    line,
    user,
    schedule,
    command,
    next_sec: () => moment((runs) => nextRun(runs, now_ms(), own())),
    due_sec: () => moment((runs) => lastRun(runs, now_ms() - GRACE_MS, own())),
    last_sec: () => {
      const at_s = lastRunOf(user, command, history());
      if (at_s === null) throw absent("cron's log names no run of it");
      return Math.max(0, Math.round(now_ms() / 1000 - at_s));
    },
  };
}
