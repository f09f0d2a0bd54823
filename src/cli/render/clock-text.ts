const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (value: number) => String(value).padStart(2, '0');

/** A time of day with its zone: `03:14:07` and `UTC` or `UTC+1`. */
export function clockTime(unix_ms: number, utc: boolean): { time: string; zone: string } {
  const at = new Date(unix_ms);
  const offset_min = utc ? 0 : -at.getTimezoneOffset();
  const there = new Date(unix_ms + offset_min * 60_000);
  return { time: `${two(there.getUTCHours())}:${two(there.getUTCMinutes())}:${two(there.getUTCSeconds())}`, zone: zoneOf(offset_min) };
}

/** The same with its day: `Tue 17 Nov 2026 03:14:07`. */
export function clockDay(unix_ms: number, utc: boolean): { time: string; zone: string } {
  const { time, zone } = clockTime(unix_ms, utc);
  const at = new Date(unix_ms + (utc ? 0 : -new Date(unix_ms).getTimezoneOffset()) * 60_000);
  return { time: `${DAYS[at.getUTCDay()]} ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()} ${time}`, zone };
}

function zoneOf(offset_min: number): string {
  if (offset_min === 0) return 'UTC';
  const [hours, minutes] = [Math.trunc(Math.abs(offset_min) / 60), Math.abs(offset_min) % 60];
  return `UTC${offset_min < 0 ? '-' : '+'}${hours}${minutes === 0 ? '' : `:${two(minutes)}`}`;
}
