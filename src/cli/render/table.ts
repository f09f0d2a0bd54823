import { count, listed } from '../../core/units.ts';
import type { Cell, Column, Row, Table } from '../../core/view.ts';
import { cells, cut } from './cells.ts';
import { BETWEEN, columnWidths, type Measured, type Placed } from './column-widths.ts';
import { gap, type Ink, type Line, lineCells, own, type Span, span, spanOf } from './line.ts';
import { sign } from './signs.ts';
import type { Terminal } from './terminal.ts';
import { hanging, wrapped } from './wrap.ts';

/** What the table's reader knows of the fleet and wants. */
export interface TableOptions {
  /** Names of nodes: bold wherever they begin a row or head a column. */
  names: ReadonlySet<string>;
  /** Show also the rows in which nothing is wrong, however many. */
  all: boolean;
}

/** On a terminal, longer tables fold the rows in which nothing is wrong. */
const LONG = 40;
/** Every list begins its second column in the same cell. */
const FIRST_LEAST = 10;

/** The table in lines: titles, rows, and the sentences under it. */
export function tableLines(terminal: Terminal, table: Table, options: TableOptions): Line[] {
  const { rows, folded } = foldedRows(table.rows, terminal.width !== null && !options.all);
  const columns = table.columns.map(
    (column, index): Column => (index === 0 ? { ...column, min: Math.max(column.min, FIRST_LEAST) } : column),
  );
  const titles = columns.map((column, index) => titleSpans(terminal, column, index === 0 ? table.count : '', options));
  const spans = rows.map(({ cells: row }) => row.map((cell, index) => nodeName(spanOf(terminal, cell), index, options)));
  const measured = columns.map((column, index): Measured => ({ column, index, content: contentOf(index, titles, spans) }));
  const placed = columnWidths(measured, terminal.width);
  return [
    placed.flatMap((column, at) => [...(at === 0 ? [] : [gap(BETWEEN)]), ...aligned(terminal, column, titles[column.index] ?? [])]),
    ...rows.flatMap((row, at) => rowLines(terminal, row, spans[at] ?? [], placed)),
    ...notes(terminal, table, folded, missing(columns, placed)),
  ];
}

function titleSpans(terminal: Terminal, { title }: Column, number: string, { names }: TableOptions): Span[] {
  const ink: Ink = number !== '' || names.has(title) ? 'strong' : 'muted';
  return [span(terminal, title, ink), ...(number === '' ? [] : [own(' '), span(terminal, number, 'muted')])];
}

function nodeName(cell: Span, index: number, { names }: TableOptions): Span {
  return index === 0 && cell.ink === 'plain' && names.has(cell.text) ? { ...cell, ink: 'strong' } : cell;
}

function contentOf(index: number, titles: readonly Line[], rows: readonly Line[]): number {
  return rows.reduce((most, row) => Math.max(most, cells(row[index]?.text ?? '')), lineCells(titles[index] ?? []));
}

function rowLines(terminal: Terminal, { across }: Row, row: readonly Span[], placed: readonly Placed[]): Line[] {
  const shown = across === undefined ? placed : placed.slice(0, 2);
  const line = shown.flatMap((column, at) => [
    ...(at === 0 ? [] : [gap(BETWEEN)]),
    ...aligned(terminal, column, [row[column.index] ?? own('')]),
  ]);
  return across === undefined ? [line] : sentence(terminal, line, across);
}

/** A sentence behind the first cells; what does not fit goes on under its beginning. */
function sentence(terminal: Terminal, begin: Line, across: Cell): Line[] {
  const { text, ink } = spanOf(terminal, across);
  const at = lineCells(begin) + BETWEEN;
  const lines = wrapped(text, terminal.width === null ? null : Math.max(20, terminal.width - at));
  return lines.map((part, index) => [...(index === 0 ? [...begin, gap(BETWEEN)] : [gap(at)]), own(part, ink)]);
}

function aligned(terminal: Terminal, { column, width }: Placed, spans: Line): Line {
  const line = lineCells(spans) <= width ? spans : [shortened(terminal, spans, column, width)];
  const blanks = gap(width - lineCells(line));
  return column.align === 'right' ? [blanks, ...line] : [...line, blanks];
}

/** Names lose their middle, other text its end. */
function shortened(terminal: Terminal, spans: Line, { max }: Column, width: number): Span {
  const text = spans.map((each) => each.text).join('');
  return own(cut(text, width, max === undefined ? 'end' : 'middle', sign(terminal, '…')), spans[0]?.ink ?? 'plain');
}

function foldedRows(rows: readonly Row[], mayFold: boolean): { rows: readonly Row[]; folded: number } {
  if (!mayFold || rows.length <= LONG) return { rows, folded: 0 };
  const kept = rows.filter((row) => !isCalm(row));
  return { rows: kept, folded: rows.length - kept.length };
}

const ALARMING: ReadonlySet<string> = new Set(['crit', 'warn', 'hot-crit', 'hot-warn']);

function isCalm({ cells: row, across }: Row): boolean {
  return across === undefined && row.every((cell) => typeof cell === 'string' || (!ALARMING.has(cell.role) && !cell.text.startsWith('?')));
}

/** Columns that a reader would miss, by title. */
function missing(columns: readonly Column[], placed: readonly Placed[]): string[] {
  const shown = new Set(placed.map(({ index }) => index));
  return columns.filter(({ priority }, index) => priority <= 3 && !shown.has(index)).map(({ title }) => title);
}

function notes(terminal: Terminal, { note }: Table, folded: number, left: readonly string[]): Line[] {
  const sentences = [
    ...(folded === 0 ? [] : [`${count(folded)} more rows in which nothing is wrong; --all lists them.`]),
    ...(note === '' ? [] : [note]),
    ...(left.length === 0
      ? []
      : [`Not shown for lack of room: ${left.length > 6 ? `${left.length} columns` : listed(left)}; -o wide shows all.`]),
  ];
  return sentences.flatMap((text) => hanging(span(terminal, text).text, terminal.width).map((part) => [own(part, 'muted')]));
}
