import type { Column } from '../../core/view.ts';

/** A column of a table with the cells that its content takes. */
export interface Measured {
  column: Column;
  /** Its place in the table. */
  index: number;
  content: number;
}

/** A column that is shown, and how wide. */
export interface Placed {
  index: number;
  column: Column;
  width: number;
}

/** Blanks between two columns. */
export const BETWEEN = 2;

/** From this priority on a column only adds: it goes before anything is cut. */
const EXTRA = 4;

/**
 * Which columns are shown, and how wide, in `room` cells: first the columns that only add go, then names shrink to their least,
 * then further columns go, then everything shrinks. Null room shows all as wide as they are.
 */
export function columnWidths(columns: readonly Measured[], room: number | null): Placed[] {
  if (room === null) return columns.map(({ column, index, content }) => ({ column, index, width: Math.max(content, column.min) }));
  const wanted = columns.map(placedAsWanted);
  if (total(wanted) <= room) return wanted;
  const extra = droppable(columns, EXTRA);
  if (extra !== null) return columnWidths(without(columns, extra), room);
  const shrunk = shrunkTo(room, wanted, ({ column }) => column.max !== undefined && column.whole !== true);
  if (total(shrunk) <= room) return shrunk;
  const further = droppable(columns, 2);
  if (further !== null) return columnWidths(without(columns, further), room);
  return shrunkTo(room, shrunk, ({ column }) => column.whole !== true);
}

function placedAsWanted({ column, index, content }: Measured): Placed {
  return { column, index, width: Math.max(column.min, Math.min(content, column.max ?? content)) };
}

function total(columns: readonly Placed[]): number {
  return columns.reduce((sum, { column, width }, at) => sum + width + blanksBefore(column, at), 0);
}

/** Blanks before a column that stands at this place. */
export function blanksBefore({ close }: Column, at: number): number {
  if (at === 0) return 0;
  return close === true ? 1 : BETWEEN;
}

/** The last of the least important columns, of those at or above a priority; the first column always stays. */
function droppable(columns: readonly Measured[], from: number): Measured | null {
  return columns.slice(1).reduce<Measured | null>((worst, each) => {
    const { priority } = each.column;
    return priority >= from && priority >= (worst?.column.priority ?? 0) ? each : worst;
  }, null);
}

function without(columns: readonly Measured[], one: Measured): Measured[] {
  return columns.filter((each) => each !== one);
}

/** Takes cells away from the widest of those that may shrink, down to their least, until the room is enough. */
function shrunkTo(room: number, columns: readonly Placed[], mayShrink: (column: Placed) => boolean): Placed[] {
  const result = columns.map((each) => ({ ...each }));
  for (let over = total(result) - room; over > 0; over -= 1) {
    const [widest] = result.filter((each) => mayShrink(each) && each.width > each.column.min).sort((a, b) => b.width - a.width);
    if (widest === undefined) break;
    widest.width -= 1;
  }
  return result;
}
