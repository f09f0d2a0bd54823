import { unparsed } from '../../core/unknown.ts';

/** A time zone: its name, and how far its clocks are ahead of UTC at a moment. */
export interface Zone {
  name: string;
  offset_ms(at_ms: number): number;
}

const FIXED = /^(?:etc\/)?(utc|uct|gmt|zulu|universal|greenwich)$/i;

/** The zone of this name (tzdata); throws an Unknown for one that nobody knows. */
export function zoneNamed(name: string): Zone {
  if (FIXED.test(name)) return { name: 'UTC', offset_ms: () => 0 };
  const format = formatFor(name);
  return { name, offset_ms: (at_ms) => offsetAt(format, at_ms) };
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  } catch {
    throw unparsed(`"${timeZone.slice(0, 60)}" is no time zone`);
  }
}

/** From `GMT+05:30`; `GMT` alone is none. */
function offsetAt(format: Intl.DateTimeFormat, at_ms: number): number {
  const text = format.formatToParts(at_ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /^GMT([+-])(\d{2}):(\d{2})/.exec(text) ?? [];
  if (hours === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** `/etc/timezone`, as Debian and its kin have it. */
export function zoneInFile(text: string): Zone {
  return zoneNamed(text.trim().split('\n', 1)[0] ?? '');
}

/** The rule at the end of `/etc/localtime` (RFC 8536, 3.3), if it knows no summer time: `UTC0`, `<+03>-3`. */
export function zoneInRules(text: string): Zone {
  const rule = text.trimEnd().split('\n').at(-1) ?? '';
  const [, letters, quoted, sign, hours, minutes] = /^(?:([A-Za-z]{3,})|<([+\-\w]+)>)([+-]?)(\d{1,2})(?::(\d{2}))?$/.exec(rule) ?? [];
  if (hours === undefined) throw unparsed('/etc/localtime has a zone with summer time, whose name stands nowhere');
  if (FIXED.test(letters ?? '')) return zoneNamed('UTC');
  // POSIX counts to the west.
  const ahead_ms = (sign === '-' ? 1 : -1) * (Number(hours) * 60 + Number(minutes ?? 0)) * 60_000;
  return { name: letters ?? quoted ?? '', offset_ms: () => (ahead_ms === 0 ? 0 : ahead_ms) };
}
