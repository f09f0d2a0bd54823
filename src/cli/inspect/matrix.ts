import { CLUSTER } from '../../core/rule.ts';
import { count } from '../../core/units.ts';
import { ABSENT, type Cell, type Column, type Table } from '../../core/view.ts';
import type { Inspected } from '../../inspect/report.ts';
import { type Result, type Status, totals } from '../../inspect/result.ts';

/** More nodes than that, or than there is room for, make a table of counts. */
const MOST_NODES = 6;
const FIRST = 12;
const PLACE = 9;
const BETWEEN = 2;

/** How the checks of each subsystem went, node by node; by status alone where there are many nodes for this width. */
export function checksTable({ snapshot, results, shown }: Inspected, width: number | null): Table {
  const nodes = snapshot.nodes.filter(({ name }) => shown.has(name)).map(({ name }) => name);
  const bySubsystem = [...Map.groupBy(inOrder(results), ({ subsystem }) => subsystem)];
  const base = { kind: 'table', count: count(results.length), note: '' } as const;
  const first: Column = { title: 'Checks', min: FIRST, max: 14, priority: 1 };
  if (nodes.length > MOST_NODES || FIRST + (nodes.length + 1) * (PLACE + BETWEEN) > (width ?? Number.POSITIVE_INFINITY)) {
    const statuses: Status[] = ['fail', 'warn', 'pass', 'skip'];
    const columns = statuses.map((status): Column => ({ title: status.toUpperCase(), min: 5, align: 'right', priority: 1 }));
    const rows = bySubsystem.map(([name, own]) => ({
      cells: [name, ...statuses.map((status) => numberCell(status, totals(own)[status]))],
    }));
    return { ...base, columns: [first, ...columns], rows };
  }
  const places = [...nodes, ''];
  const columns = places.map((place): Column => ({ title: place === '' ? CLUSTER : place, min: PLACE, max: 16, priority: 1 }));
  const rows = bySubsystem.map(([name, own]) => {
    const byPlace = Map.groupBy(own, ({ node }) => node);
    return { cells: [name, ...places.map((place) => placeCell(byPlace.get(place) ?? []))] };
  });
  return { ...base, columns: [first, ...columns], rows };
}

/** As the subsystems come, whatever failed. */
function inOrder(results: readonly Result[]): Result[] {
  return [...results].sort((a, b) => a.order - b.order);
}

const LOOKS: Readonly<Record<Status, { glyph: string; role: 'hot-crit' | 'warn' | 'plain' | 'muted' }>> = {
  fail: { glyph: '✗', role: 'hot-crit' },
  warn: { glyph: '!', role: 'warn' },
  pass: { glyph: '✓', role: 'plain' },
  skip: { glyph: '?', role: 'muted' },
};

function placeCell(results: readonly Result[]): Cell {
  if (results.length === 0) return ABSENT;
  const sum = totals(results);
  const held = results.length - sum.skip;
  if (sum.fail > 0) return { text: `✗ ${sum.fail} of ${held}`, role: LOOKS.fail.role };
  if (sum.warn > 0) return { text: `! ${sum.warn} of ${held}`, role: LOOKS.warn.role };
  if (sum.pass > 0) return `✓ ${sum.pass}${sum.skip > 0 ? `, ${sum.skip} ?` : ''}`;
  return { text: `? ${sum.skip} skip`, role: LOOKS.skip.role };
}

function numberCell(status: Status, number: number): Cell {
  return number === 0 ? { text: '0', role: 'muted' } : { text: count(number), role: LOOKS[status].role };
}
