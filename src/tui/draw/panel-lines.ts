import type { ScreenRow } from '../screen/painter.ts';
import { gap, type Line, lineCells, own, span } from '../../cli/render/line.ts';
import { sign } from '../../cli/render/signs.ts';
import { wrapped } from '../../cli/render/wrap.ts';
import type { Entry, List } from '../lists/list.ts';
import { drawnList, type ListDrawing } from './list-lines.ts';

/** What a list in some rows of the screen is drawn for. */
export interface PanelDrawing extends ListDrawing {
  selected: Entry | null;
  /** The first shown entry of each list, kept from frame to frame so that lists move only as much as they must. */
  tops: Map<string, number>;
}

/** Rows that the list would take to show all. */
export function panelNeed(list: List, drawing: ListDrawing): number {
  const body = list.entries.length === 0 ? list.empty.length : list.entries.length;
  return 1 + body + noteLines(list, drawing).length;
}

/** The list in exactly so many rows: titles, the entries around the cursor, and what is said under them. */
export function panelRows(list: List, height: number, drawing: PanelDrawing): ScreenRow[] {
  if (height <= 0) return [];
  const { terminal, selected } = drawing;
  const drawn = drawnList(list, drawing);
  const notes = noteLines(list, drawing).slice(0, Math.max(0, height - 2));
  const room = height - 1 - notes.length;
  const { entries } = list;
  const top = topOf(list, room, drawing);
  const rows: ScreenRow[] =
    entries.length === 0
      ? list.empty.slice(0, room).map((text) => ({ line: [gap(2), span(terminal, text)] }))
      : entries.slice(top, top + room).map((entry) => entryRow(drawn.line(entry), entry === selected, drawing));
  const barred = entries.length > room ? scrolled(rows, { top, room, all: entries.length }, drawing) : rows;
  return [{ line: [gap(2), ...drawn.title] }, ...barred, ...notes.map((line): ScreenRow => ({ line: [gap(2), ...line] }))];
}

function entryRow(line: Line, selected: boolean, { terminal }: PanelDrawing): ScreenRow {
  return selected ? { line: [own(terminal.ascii ? '>' : '▌', 'accent'), gap(1), ...line], selected } : { line: [gap(2), ...line] };
}

function topOf({ id, entries }: List, room: number, { selected, tops }: PanelDrawing): number {
  const at = selected === null ? -1 : entries.indexOf(selected);
  const before = Math.min(tops.get(id) ?? 0, Math.max(0, entries.length - room));
  const top = at === -1 ? before : Math.min(at, Math.max(before, at - room + 1));
  tops.set(id, top);
  return top;
}

/** The rows with a scroll bar at their right edge. */
function scrolled(
  rows: readonly ScreenRow[],
  { top, room, all }: { top: number; room: number; all: number },
  drawing: PanelDrawing,
): ScreenRow[] {
  const thumb = Math.max(1, Math.round((room * room) / all));
  const from = Math.round(((room - thumb) * top) / Math.max(1, all - room));
  return rows.map((row, at) => {
    const on = at >= from && at < from + thumb;
    const ascii = drawing.terminal.ascii;
    const mark = own(on ? (ascii ? '#' : '┃') : sign(drawing.terminal, '│'), on ? 'muted' : 'faint');
    const blanks = gap(drawing.room + 3 - lineCells(row.line));
    return { ...row, line: [...row.line, blanks, mark] };
  });
}

function noteLines({ note }: List, { terminal, room }: ListDrawing): Line[] {
  if (note === '') return [];
  return [[], ...wrapped(span(terminal, note).text, room).map((part): Line => [own(part, 'muted')])];
}
