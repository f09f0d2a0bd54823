import { type Cell, type Role, textOf } from '../../core/view.ts';
import { cells } from './cells.ts';
import { cleanFor } from './signs.ts';
import type { Terminal } from './terminal.ts';

/** A role, the filled badge of one, the bar of a value within or over its limit, or what a filter found. */
export type Ink =
  | Role
  | 'badge-crit'
  | 'badge-warn'
  | 'badge-ok'
  | 'badge-accent'
  | 'badge-muted'
  | 'bar'
  | 'bar-crit'
  | 'bar-warn'
  | 'match';

/** Clean text of one line in one ink. Made by `span` or `own` only. */
export interface Span {
  readonly text: string;
  readonly ink: Ink;
}

export type Line = readonly Span[];

/** Text from anywhere, made harmless. */
export function span(terminal: Terminal, text: string, ink: Ink = 'plain'): Span {
  return { text: cleanFor(terminal, text), ink };
}

/** A cell of a table or page, made harmless. */
export function spanOf(terminal: Terminal, cell: Cell): Span {
  return span(terminal, textOf(cell), typeof cell === 'string' ? 'plain' : cell.role);
}

/** The same ink for text that was cut out of a clean span or consists of blanks. */
export function own(text: string, ink: Ink = 'plain'): Span {
  return { text, ink };
}

/** Blanks. */
export function gap(width: number): Span {
  return own(' '.repeat(Math.max(0, width)));
}

/** Cells that the line takes. */
export function lineCells(line: Line): number {
  return line.reduce((sum, { text }) => sum + cells(text), 0);
}
