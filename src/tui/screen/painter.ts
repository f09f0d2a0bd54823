import { beginning, cells } from '../../cli/render/cells.ts';
import type { Line } from '../../cli/render/line.ts';
import type { Palette } from './palette.ts';

/** One row of the screen. */
export interface ScreenRow {
  line: Line;
  selected?: boolean;
}

export interface Size {
  columns: number;
  rows: number;
}

/** Puts frames on a terminal: only rows that changed are written, all in one piece. */
export interface Painter {
  /** What must be written to get from the last frame to this one; empty for nothing. */
  frame(rows: readonly ScreenRow[], size: Size): string;
  /** Forgets what is on the screen, so that the next frame is written whole. */
  forget(): void;
}

/** Terminals that know it show the frame at once; others ignore it. */
const BEGIN = '\x1b[?2026h';
const END = '\x1b[?2026l';

/** A painter in these colours. */
export function painterOf(palette: Palette): Painter {
  let before: string[] = [];
  let size: Size = { columns: 0, rows: 0 };
  return {
    frame(rows, now) {
      const cleared = now.columns !== size.columns || now.rows !== size.rows;
      if (cleared) before = [];
      size = now;
      const texts = Array.from({ length: now.rows }, (_, at) => rowText(rows[at] ?? { line: [] }, now.columns, palette));
      const changed = texts.flatMap((text, at) => (text === (before[at] ?? '') ? [] : [`\x1b[${at + 1};1H${text}\x1b[K`]));
      before = texts;
      if (changed.length === 0 && !cleared) return '';
      return `${BEGIN}${cleared ? '\x1b[0m\x1b[2J' : ''}${changed.join('')}${END}`;
    },
    forget() {
      size = { columns: 0, rows: 0 };
    },
  };
}

/** The row with its colours, cut at the right edge; a selected one goes to the edge. */
export function rowText({ line, selected = false }: ScreenRow, columns: number, palette: Palette): string {
  let room = columns;
  let text = '';
  for (const span of line) {
    const part = cells(span.text) <= room ? span.text : beginning(span.text, room);
    room -= cells(part);
    text += dressed(part, palette.sgr(span.ink, selected));
    if (part !== span.text) break;
  }
  if (selected && room > 0) text += dressed(' '.repeat(room), palette.sgr('plain', true));
  return text;
}

function dressed(text: string, sgr: string): string {
  return sgr === '' || text === '' ? text : `\x1b[${sgr}m${text}\x1b[0m`;
}
