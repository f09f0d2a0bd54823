import { cellText, type Entry, type List } from './list.ts';

/** How the person wants a list. */
export interface Arrangement {
  /** As typed: `shop`, or `!shop` for what does not fit. */
  filter: string;
  problems: boolean;
  /** Title of the column; undefined for the list's own order. */
  sort: string | undefined;
  /** Problems do not stay on top. */
  mixed: boolean;
  now_ms: number;
}

/** The list with the entries that are wanted, in the order that is wanted; its count says how many of all. */
export function arranged(list: List, wanted: Arrangement): List {
  const kept = list.entries.filter((entry) => (!wanted.problems || entry.problem || entry.under !== undefined) && fits(entry, wanted));
  const whole = kept.length === list.entries.length;
  const sorted = wanted.sort === undefined ? kept : sortedBy(list, kept, wanted);
  if (whole && wanted.sort === undefined) return list;
  return { ...list, entries: sorted, count: whole ? list.count : `${kept.length}/${list.entries.length}` };
}

/** What the filter looks for, in small letters, and whether it excludes. */
export function needleOf(filter: string): { needle: string; exclude: boolean } {
  const exclude = filter.startsWith('!');
  return { needle: (exclude ? filter.slice(1) : filter).toLowerCase(), exclude };
}

function fits(entry: Entry, { filter, now_ms }: Arrangement): boolean {
  const { needle, exclude } = needleOf(filter);
  if (needle === '') return true;
  const texts = [
    ...entry.cells.map((cell) => cellText(cell, now_ms)),
    ...(entry.across === undefined ? [] : [cellText(entry.across, now_ms)]),
  ];
  return texts.some((text) => text.toLowerCase().includes(needle)) !== exclude;
}

function sortedBy({ columns }: List, entries: readonly Entry[], { sort, mixed, now_ms }: Arrangement): Entry[] {
  const at = columns.findIndex(({ title }) => title.toLowerCase() === sort?.toLowerCase());
  if (at === -1) return [...entries];
  const values = new Map(entries.map((entry) => [entry, valueOf(cellText(entry.cells[at] ?? '', now_ms))]));
  const top = ({ problem }: Entry) => (mixed || !problem ? 1 : 0);
  return [...entries].sort((a, b) => top(a) - top(b) || compared(values.get(a), values.get(b)));
}

const UNITS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  B: 1,
  K: 2 ** 10,
  M: 2 ** 20,
  G: 2 ** 30,
  T: 2 ** 40,
  '%': 1,
  '': 1,
};

/** `1h17m`, `640M`, `8.2%`, `4,812`, `10/11` as a number, so that they compare; text as itself; null for what is not known. */
function valueOf(text: string): number | string | null {
  const bare = text.replace(/^[≥✗✓!?·–] ?/, '').replaceAll(',', '');
  if (bare === '' || bare === '-') return null;
  const parts = [...bare.matchAll(/(\d+(?:\.\d+)?)([smhdBKMGT%]?)/gy)];
  if (parts.length === 0) return bare.toLowerCase();
  return parts.reduce((sum, [, number = '0', unit = '']) => sum + Number(number) * (UNITS[unit] ?? 1), 0);
}

/** Numbers from the highest, texts from A, what is not known last. */
function compared(a: number | string | null | undefined, b: number | string | null | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return b - a;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  const order = (value: typeof a) => (typeof value === 'number' ? 0 : typeof value === 'string' ? 1 : 2);
  return order(a) - order(b);
}
