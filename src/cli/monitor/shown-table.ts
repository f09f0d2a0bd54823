import { type Row, type Table, textOf } from '../../core/view.ts';

/**
 * The table with what the view shows of the fleet: rows that begin with a node's name, with the rows under it that leave the name out;
 * where no row does, columns that a node's name heads.
 */
export function tableOfShown(table: Table, names: ReadonlySet<string>, shown: ReadonlySet<string>): Table {
  if (names.size === shown.size) return table;
  const hidden = (text: string) => names.has(text) && !shown.has(text);
  if (!table.rows.some((row) => names.has(firstOf(row)))) return withoutColumns(table, hidden);
  let name = '';
  const rows = table.rows.filter((row) => {
    name = firstOf(row) || name;
    return !hidden(name);
  });
  return { ...table, rows, count: `${rows.length} of ${table.rows.length}` };
}

function firstOf({ cells: [first = ''] }: Row): string {
  return textOf(first);
}

function withoutColumns(table: Table, hidden: (title: string) => boolean): Table {
  const kept = (_: unknown, index: number) => index === 0 || !hidden(table.columns[index]?.title ?? '');
  return {
    ...table,
    columns: table.columns.filter(kept),
    rows: table.rows.map((row) => (row.across === undefined ? { cells: row.cells.filter(kept) } : row)),
  };
}
