import type { Schedule } from './schedule.ts';
import type { Zone } from './zone.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** February 29 may be eight years away. */
const MOST_DAYS = 366 * 8;

/** The first moment after this one at which the schedule runs, in Unix milliseconds; null if it never does. */
export function nextRun(schedule: Schedule, after_ms: number, zone: Zone): number | null {
  return found(schedule, after_ms, zone, 1);
}

/** The last moment up to this one at which the schedule ran; null if it never did. */
export function lastRun(schedule: Schedule, until_ms: number, zone: Zone): number | null {
  return found(schedule, until_ms, zone, -1);
}

/** Goes day by day in the machine's own time: days are few where minutes are many. */
function found(schedule: Schedule, at_ms: number, zone: Zone, step: 1 | -1): number | null {
  const local = at_ms + zone.offset_ms(at_ms);
  const today = Math.floor(local / DAY_MS) * DAY_MS;
  for (let count = -1; count < MOST_DAYS; count += 1) {
    const day = today + count * step * DAY_MS;
    if (!fitsDay(schedule, new Date(day))) continue;
    const moments = ordered(schedule, step).map((time) => unixMs(day + time, zone));
    const wanted = moments.find((moment) => (step === 1 ? moment > at_ms : moment <= at_ms));
    if (wanted !== undefined) return wanted;
  }
  return null;
}

function fitsDay({ days, months, weekdays, both }: Schedule, day: Date): boolean {
  if (!months.has(day.getUTCMonth() + 1)) return false;
  const [byDay, byWeekday] = [days.has(day.getUTCDate()), weekdays.has(day.getUTCDay())];
  return both ? byDay && byWeekday : byDay || byWeekday;
}

function ordered({ hours, minutes }: Schedule, step: 1 | -1): number[] {
  const times = hours.flatMap((hour) => minutes.map((minute) => hour * HOUR_MS + minute * MINUTE_MS));
  return step === 1 ? times : times.reverse();
}

/** Looked at twice, for the first look takes the offset of the wrong side of a change to summer time. */
function unixMs(local: number, zone: Zone): number {
  return local - zone.offset_ms(local - zone.offset_ms(local));
}
