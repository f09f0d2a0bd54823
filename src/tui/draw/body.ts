import type { ScreenRow } from '../screen/painter.ts';
import { gap, type Line, lineCells } from '../../cli/render/line.ts';
import type { Entry, List } from '../lists/list.ts';
import { type Frame, type Look, WIDE } from '../look.ts';
import type { Ui } from '../ui.ts';
import { type PanelDrawing, panelNeed, panelRows } from './panel-lines.ts';
import { previewLines } from './preview.ts';

/** From so many free rows on the preview opens by itself. */
const FREE = 10;
/** Rows that a list needs to be worth showing. */
const LEAST = 3;

/** What the body of a tab is drawn from. */
export interface Body {
  look: Look;
  ui: Ui;
  frame: Frame;
  lists: readonly List[];
  selected: Entry | null;
  drawing: PanelDrawing;
}

/** The lists of a tab, one under the other, and the preview of the selected entry where there is room; exactly so many rows. */
export function bodyRows(body: Body, height: number): ScreenRow[] {
  const rows = listRows(body, height - paneHeight(body, height), height);
  const free = height - rows.length - (rows.length === 0 ? 0 : 1);
  const preview = wantsPreview(body, free) ? previewLines(body, Math.max(0, free)) : [];
  const shown = preview.length === 0 ? rows : [...rows, { line: [] }, ...preview.map((line): ScreenRow => ({ line }))];
  return Array.from({ length: height }, (_, at) => shown[at] ?? { line: [] });
}

function wantsPreview({ ui, selected }: Body, free: number): boolean {
  return selected !== null && (ui.preview ?? free >= FREE);
}

function listRows({ lists, drawing, frame }: Body, room: number, height: number): ScreenRow[] {
  const beside = frame.columns >= WIDE && lists.length === 4 ? lists.slice(2) : [];
  const stacked = lists.slice(0, lists.length - beside.length);
  const needs = stacked.map((list) => panelNeed(list, drawing));
  const heights = allotted(needs, room, lists.length > 2);
  const rows = stacked.flatMap((list, at) => {
    const own = heights[at] ?? 0;
    return own === 0 ? [] : [...(at === 0 ? [] : [{ line: [] }]), ...panelRows(list, own, drawing)];
  });
  const [first, second] = beside;
  const left = Math.min(room, height) - rows.length - 1;
  if (first === undefined || second === undefined || left < LEAST) return rows;
  return [...rows, { line: [] }, ...sideBySide(first, second, { rows: left, drawing })];
}

/** A pane that the person asked for takes a third, whatever the lists need. */
function paneHeight({ ui, selected }: Body, height: number): number {
  return ui.preview === true && selected !== null ? Math.min(Math.floor(height / 2), Math.max(6, Math.floor(height / 3))) : 0;
}

/** Rows for each list, with a blank one between: the first at most half where others follow, the last ones only what is left. */
function allotted(needs: readonly number[], height: number, halved: boolean): number[] {
  const heights = needs.map(() => 0);
  let left = height;
  needs.forEach((need, at) => {
    const room = left - (at === 0 ? 0 : 1);
    const own = Math.min(need, at === 0 ? firstMost(needs, room, halved) : room);
    if (own < Math.min(need, LEAST)) return;
    heights[at] = own;
    left -= own + (at === 0 ? 0 : 1);
  });
  const [first = 0] = heights;
  heights[0] = Math.min(needs[0] ?? 0, first + Math.max(0, left));
  return heights;
}

function firstMost(needs: readonly number[], room: number, halved: boolean): number {
  return halved ? Math.max(LEAST, Math.floor(room / 2)) : Math.max(LEAST, room - reserve(needs.slice(1), room));
}

/** What the lists behind the first one get at least. */
function reserve(needs: readonly number[], room: number): number {
  return Math.min(
    Math.floor(room / 2),
    needs.reduce((sum, need) => sum + need + 1, 0),
  );
}

function sideBySide(first: List, second: List, { rows, drawing }: { rows: number; drawing: PanelDrawing }): ScreenRow[] {
  const wide = Math.floor((drawing.room * 9) / 16);
  const [left, right] = [
    panelRows(first, Math.min(rows, panelNeed(first, drawing)), { ...drawing, room: wide - 2 }),
    panelRows(second, Math.min(rows, panelNeed(second, drawing)), { ...drawing, room: drawing.room - wide - 2 }),
  ];
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at) => joined(left[at], right[at], wide + 2));
}

function joined(left: ScreenRow | undefined, right: ScreenRow | undefined, edge: number): ScreenRow {
  const line: Line = left?.line ?? [];
  return {
    line: [...line, gap(edge - lineCells(line)), ...(right?.line ?? [])],
    selected: left?.selected === true || right?.selected === true,
  };
}
