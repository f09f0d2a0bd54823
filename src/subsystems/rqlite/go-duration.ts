import { unparsed } from '../../core/unknown.ts';

const UNIT_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1, us: 1e-3, µs: 1e-3, μs: 1e-3, ns: 1e-6 };

/** Milliseconds of a duration as Go writes it: `1h2m3.5s`, `7.297112ms`, `0s`. */
export function goDuration(text: string): number {
  const parts = [...text.matchAll(/(\d{1,15}(?:\.\d{1,9})?)(h|ms|m|s|us|µs|μs|ns)/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== text) throw unparsed(`"${text.slice(0, 40)}" is no duration`);
  return parts.reduce((sum, [, value, unit = 's']) => sum + Number(value) * (UNIT_MS[unit] ?? 0), 0);
}
