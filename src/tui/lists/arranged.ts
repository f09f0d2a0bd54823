import type { Steps } from '../../core/steps.ts';
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
export function* arranged(list: List, wanted: Arrangement): Steps<List> {
  const all = wanted.filter === '' && !wanted.problems;
  if (all && wanted.sort === undefined) return list;
  const kept = all ? list.entries : yield* wantedOf(list.entries, wanted);
  const whole = kept.length === list.entries.length;
  if (whole && wanted.sort === undefined) return list;
  const sorted = wanted.sort === undefined ? kept : yield* sortedBy(list, kept, wanted);
  return { ...list, entries: sorted, count: whole ? list.count : `${kept.length}/${list.entries.length}` };
}

/** So many entries are looked at without a pause: it makes the cells of those that nobody has seen yet. */
const ENTRIES = 16;

function* wantedOf(entries: readonly Entry[], wanted: Arrangement): Steps<Entry[]> {
  const kept: Entry[] = [];
  for (const [at, entry] of entries.entries()) {
    if ((!wanted.problems || entry.problem || entry.under !== undefined) && fits(entry, wanted)) kept.push(entry);
    if (at % ENTRIES === ENTRIES - 1) yield;
  }
  return kept;
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

function* sortedBy({ columns }: List, entries: readonly Entry[], { sort, mixed, now_ms }: Arrangement): Steps<Entry[]> {
  const at = columns.findIndex(({ title }) => title.toLowerCase() === sort?.toLowerCase());
  if (at === -1) return [...entries];
  const placed: { entry: Entry; top: number; value: Value }[] = [];
  for (const entry of entries) {
    placed.push({ entry, top: mixed || !entry.problem ? 1 : 0, value: valueOf(cellText(entry.cells[at] ?? '', now_ms)) });
    if (placed.length % ENTRIES === 0) yield;
  }
  return placed.sort((a, b) => a.top - b.top || compared(a.value, b.value)).map(({ entry }) => entry);
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

type Value = number | string | null;

/** `1h17m`, `640M`, `8.2%`, `4,812`, `10/11` as a number, so that they compare; text as itself; null for what is not known. */
function valueOf(text: string): Value {
  const bare = text.replace(/^[≥✗✓!?·–] ?/, '').replaceAll(',', '');
  if (bare === '' || bare === '-') return null;
  const parts = [...bare.matchAll(/(\d+(?:\.\d+)?)([smhdBKMGT%]?)/gy)];
  if (parts.length === 0) return bare.toLowerCase();
  return parts.reduce((sum, [, number = '0', unit = '']) => sum + Number(number) * (UNITS[unit] ?? 1), 0);
}

/** Numbers from the highest, texts from A, what is not known last. */
function compared(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return b - a;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  const order = (value: Value) => (typeof value === 'number' ? 0 : typeof value === 'string' ? 1 : 2);
  return order(a) - order(b);
}
