import type { Column } from '../../core/view.ts';
import { cells, cut } from '../../cli/render/cells.ts';
import { blanksBefore, columnWidths, type Placed } from '../../cli/render/column-widths.ts';
import { gap, type Line, lineCells, own, type Span, span, spanOf } from '../../cli/render/line.ts';
import { sign } from '../../cli/render/signs.ts';
import type { Terminal } from '../../cli/render/terminal.ts';
import { type Entry, isLine, isPicture, type List, type ListCell } from '../lists/list.ts';
import { NARROW } from '../look.ts';
import { highlighted } from './highlight.ts';

/** What a list is drawn for. */
export interface ListDrawing {
  terminal: Terminal;
  /** Cells between the gutters. */
  room: number;
  now_ms: number;
  /** In small letters; marked wherever it stands. */
  needle: string;
  sort: string | undefined;
  names: ReadonlySet<string>;
}

/** A list with its columns placed: its titles, and the line of each entry when it is asked for. */
export interface Drawn {
  title: Line;
  line(entry: Entry): Line;
}

/** As many rows are measured; in longer lists the rest must do with the width that those have. */
export const MEASURED = 200;
const widths = new WeakMap<List, Map<string, readonly Placed[]>>();

/** Places the columns once for each list, and draws only what is asked for. */
export function drawnList(list: List, drawing: ListDrawing): Drawn {
  const placed = placedFor(list, drawing);
  return { title: titleLine(list, placed, drawing), line: (entry) => entryLine(entry, placed, drawing) };
}

function placedFor(list: List, drawing: ListDrawing): readonly Placed[] {
  const known = widths.get(list) ?? new Map<string, readonly Placed[]>();
  widths.set(list, known);
  const key = `${drawing.room} ${drawing.terminal.ascii}`;
  const placed = known.get(key) ?? grown(columnWidths(measured(list, drawing), drawing.room), drawing.room);
  known.set(key, placed);
  return placed;
}

function measured({ columns, entries, count }: List, { terminal, now_ms }: ListDrawing) {
  const shown = entries.slice(0, MEASURED);
  return columns.map((column, index) => {
    const title = cells(span(terminal, column.title).text) + (index === 0 && count !== '' ? 1 + cells(count) : 0);
    const content = shown.reduce((most, { cells: row, across }) => {
      const cell = row[index];
      if (cell === undefined || (across !== undefined && index > 1) || typeof cell === 'function' || isPicture(cell)) return most;
      return Math.max(most, lineCells(lineOf(terminal, cell, now_ms)));
    }, title);
    return {
      column: index === 0 ? { ...column, min: Math.max(column.min, title, firstLeast(terminal)) } : column,
      index,
      content: grows(column) ? Math.min(content, column.min) : content,
    };
  });
}

/** Every list begins its second column in the same cell. */
function firstLeast({ width }: Terminal): number {
  return width !== null && width < NARROW ? 8 : 10;
}

/** A column of sentences: it asks for its least, and gets what is left. */
function grows({ max, align, min }: Column): boolean {
  return max === undefined && align === undefined && min >= 30;
}

/** The column that grows takes the room that is left, so that what stands behind it stands at the edge. */
function grown(placed: readonly Placed[], room: number): readonly Placed[] {
  const used = placed.reduce((sum, { column, width }, at) => sum + width + blanksBefore(column, at), 0);
  const last = placed.findLastIndex(({ column }) => grows(column));
  return placed.map((each, at) => (at === last ? { ...each, width: each.width + Math.max(0, room - used) } : each));
}

function titleLine({ count, remark }: List, placed: readonly Placed[], drawing: ListDrawing): Line {
  const remarked = placed.findLast(({ column }) => column.min >= 40)?.index;
  return placed.flatMap(({ column, index, width }, at) => {
    const behind = [...(index === 0 ? counted(drawing, count) : []), ...(index === remarked ? said(drawing, remark) : [])];
    return [gap(blanksBefore(column, at)), ...aligned(drawing.terminal, column, [titleSpan(column, index, drawing), ...behind], width)];
  });
}

function titleSpan({ title }: Column, index: number, { terminal, names, sort }: ListDrawing): Span {
  const sorted = title !== '' && title.toLowerCase() === sort?.toLowerCase();
  return span(terminal, sorted ? `${title}${sign(terminal, '↓')}` : title, index === 0 || sorted || names.has(title) ? 'strong' : 'muted');
}

function counted({ terminal }: ListDrawing, count: string): Line {
  return count === '' ? [] : [own(' '), span(terminal, count, count.includes('/') ? 'accent' : 'muted')];
}

function said({ terminal }: ListDrawing, remark: string): Line {
  return remark === '' ? [] : [gap(2), span(terminal, remark, 'muted')];
}

function entryLine({ cells: row, across }: Entry, placed: readonly Placed[], { terminal, room, now_ms, needle, names }: ListDrawing): Line {
  const shown = across === undefined ? placed : placed.slice(0, 2);
  const line = shown.flatMap(({ column, index, width }, at) => {
    const spans = lineOf(terminal, row[index] ?? '', now_ms);
    const named = index === 0 && spans.length === 1 && spans[0]?.ink === 'plain' && names.has(spans[0].text);
    const marked = highlighted(named ? [own(spans[0]?.text ?? '', 'strong')] : spans, needle);
    return [gap(blanksBefore(column, at)), ...aligned(terminal, column, marked, width)];
  });
  if (across === undefined) return line;
  const rest = Math.max(0, room - lineCells(line) - 2);
  const said = spanOf(terminal, across);
  return [...line, gap(2), ...highlighted([own(cut(said.text, rest, 'end', sign(terminal, '…')), said.ink)], needle)];
}

/** The cell as clean spans. */
function lineOf(terminal: Terminal, cell: ListCell, now_ms: number): Line {
  if (typeof cell === 'function') return [spanOf(terminal, cell(now_ms))];
  if (isPicture(cell)) return cell.draw();
  return isLine(cell) ? cell : [spanOf(terminal, cell)];
}

function aligned(terminal: Terminal, { align, max }: Column, spans: Line, width: number): Line {
  const long = lineCells(spans) > width;
  const text = spans.map((each) => each.text).join('');
  const line = long ? [own(cut(text, width, max === undefined ? 'end' : 'middle', sign(terminal, '…')), spans[0]?.ink ?? 'plain')] : spans;
  const blanks = gap(width - lineCells(line));
  return align === 'right' ? [blanks, ...line] : [...line, blanks];
}
