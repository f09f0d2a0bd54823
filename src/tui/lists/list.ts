import type { Finding } from '../../core/rule.ts';
import type { Cell, Column } from '../../core/view.ts';
import { textOf } from '../../core/view.ts';
import type { Line } from '../../cli/render/line.ts';
import type { Target } from '../ui.ts';

/** Text that changes while nothing else does, such as an age. */
export type Ticking = (now_ms: number) => Cell;

/** Something without words, such as a curve: drawn only where it is shown. */
export interface Picture {
  draw(): Line;
}

/** One value of a row: a cell, clean spans of several inks, what is drawn anew with the time, or a picture. */
export type ListCell = Cell | Line | Ticking | Picture;

/** A row that can be selected. */
export interface Entry {
  /** What it is, whatever its place and its figures. */
  key: string;
  cells: readonly ListCell[];
  /** One sentence in place of the cells after the first two. */
  across?: Cell;
  /** The node it is on; null for none. */
  node: string | null;
  finding: Finding | null;
  problem: boolean;
  open: Target | null;
  /** It stands under this entry and folds with it. */
  under?: string;
}

/** An entry whose cells are made when somebody looks at them: of a long list only what fits is ever shown. */
export function withCells(entry: Omit<Entry, 'cells'>, work: () => readonly ListCell[]): Entry {
  let made: readonly ListCell[] | undefined;
  return {
    ...entry,
    get cells() {
      made ??= work();
      return made;
    },
  };
}

/** A table on the screen. */
export interface List {
  id: string;
  columns: readonly Column[];
  count: string;
  /** Behind the title of the last column that grows. */
  remark: string;
  entries: readonly Entry[];
  /** Sentences that stand there where no entry is. */
  empty: readonly string[];
  note: string;
}

/** The text of a cell, as the filter and the sort see it. */
export function cellText(cell: ListCell, now_ms: number): string {
  if (typeof cell === 'function') return textOf(cell(now_ms));
  if (isPicture(cell)) return '';
  return isLine(cell) ? cell.map(({ text }) => text).join('') : textOf(cell);
}

export function isPicture(cell: ListCell): cell is Picture {
  return typeof cell === 'object' && 'draw' in cell;
}

export function isLine(cell: ListCell): cell is Line {
  return Array.isArray(cell);
}
