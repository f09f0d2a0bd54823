import { count, many } from '../../core/units.ts';
import type { Row, Table } from '../../core/view.ts';
import { placeOf } from '../../inspect/inspection.ts';
import type { Result } from '../../inspect/result.ts';

/** What could not be told, by its reason; each check by itself where all is to be shown. */
export function skippedTable(skipped: readonly Result[], each: boolean): Table {
  return {
    kind: 'table',
    columns: [
      { title: 'Skipped', min: 8, max: 24, priority: 1 },
      { title: 'CHECKS', min: 8, priority: 1 },
      { title: 'WHY', min: 40, priority: 1 },
    ],
    count: count(skipped.length),
    rows: each ? skipped.map((one) => row([one])) : byReason(skipped).map(row),
    note: 'None of them is counted as passed.',
  };
}

/** The reason that costs most first. */
function byReason(skipped: readonly Result[]): Result[][] {
  return [...Map.groupBy(skipped, ({ message }) => message).values()].sort((a, b) => b.length - a.length);
}

function row(alike: readonly Result[]): Row {
  const [first] = alike;
  if (first === undefined) return { cells: [] };
  const text = new Set(alike.map(({ id }) => id)).size === 1 ? `${first.message} (${first.id})` : first.message;
  const places = [...new Set(alike.map(placeOf))];
  const where = places.length === 1 ? placeOf(first) : many(places.length, 'node');
  return { cells: [where, { text: `? ${count(alike.length)}`, role: 'muted' }], across: text };
}
