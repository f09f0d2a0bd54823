/** What `systemctl show` prints of one unit, by property. */
export type Properties = Readonly<Record<string, string>>;

/** The blocks of `NAME=VALUE`, with an empty line between two of them. */
export function propertiesIn(text: string): Properties[] {
  return text
    .split('\n\n')
    .map((block) =>
      Object.fromEntries(
        block
          .split('\n')
          .filter((line) => line.includes('='))
          .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      ),
    )
    .filter((of) => Object.keys(of).length > 0);
}

/** systemd writes "not set" as the largest number of 64 bits, newer ones in words. */
const NOT_SET = '18446744073709551615';

/** A whole number; null where systemd has set none. */
export function numberIn(text: string | undefined): number | null {
  return text !== undefined && text !== NOT_SET && /^\d+$/.test(text) ? Number(text) : null;
}

/** Unix microseconds of `Wed 2026-11-25 21:00:00.123456 UTC`; null for what never was. */
export function timestampUs(text: string | undefined): number | null {
  const [, date, time, fraction = ''] =
    /^(?:[A-Z][a-z]{2} )?(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))? UTC$/.exec(text ?? '') ?? [];
  const at_ms = Date.parse(`${date}T${time}Z`);
  return Number.isNaN(at_ms) ? null : at_ms * 1000 + Number(fraction.padEnd(6, '0'));
}

/** Microseconds of each unit of time that systemd.time(7) writes. */
const SPANS: Readonly<Record<string, number>> = {
  y: 31_557_600e6,
  month: 2_629_800e6,
  w: 604_800e6,
  d: 86_400e6,
  h: 3_600e6,
  min: 60e6,
  s: 1e6,
  ms: 1e3,
  us: 1,
};

/** Microseconds of `1h 2min 3.456789s`; null for none and for never. */
export function spanUs(text: string | undefined): number | null {
  const words = (text ?? '').split(' ').map((word) => /^(\d+(?:\.\d+)?)([a-z]+)$/.exec(word));
  if (words.some((word) => word === null || SPANS[word[2] ?? ''] === undefined)) return null;
  const total = words.reduce((sum, word) => sum + Number(word?.[1]) * (SPANS[word?.[2] ?? ''] ?? 0), 0);
  return total === 0 ? null : Math.round(total);
}
