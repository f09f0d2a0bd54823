/** How a value is meant; each face has its own colours for the roles. */
export type Role = 'plain' | 'strong' | 'crit' | 'warn' | 'hot-crit' | 'hot-warn' | 'ok' | 'accent' | 'muted' | 'faint';

/** One value in a table: plain text, or text with a role. Text may come from a node: faces clean it. */
export type Cell = string | { text: string; role: Role };

export interface Column {
  title: string;
  /** Smallest and largest width in cells; without `max` it grows with its content. */
  min: number;
  max?: number;
  align?: 'right';
  /** 1 stays, 9 goes first when there is no room. */
  priority: number;
  /** Its texts are worth nothing when a part is missing, such as addresses: the column goes as a whole. */
  whole?: true;
  /** It belongs to the column before: one blank between them, and it goes with it. */
  close?: true;
}

/** Rows under titles. `across` is one sentence that stands in place of the cells after the first two. */
export interface Row {
  cells: readonly Cell[];
  across?: Cell;
}

export interface Table {
  kind: 'table';
  /** Of the first column, bold, with the count behind it. */
  columns: readonly Column[];
  count: string;
  rows: readonly Row[];
  /** A sentence under the table; empty for none. */
  note: string;
}

/** A share of something, drawn as a bar: `Memory 61% ━━━──── 3.0 of 7.8 GiB available`. */
export interface Meter {
  kind: 'meter';
  label: string;
  /** 0 to 100; null if unknown. */
  percent: number | null;
  role: Role;
  text: Cell;
}

/** A label and its value. */
export interface Fact {
  kind: 'fact';
  label: string;
  value: Cell;
}

export interface Heading {
  kind: 'heading';
  title: string;
  text: string;
}

export type Block = Table | Meter | Fact | Heading;

/** The text of a cell, whatever its role. */
export function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

/** Unknown, and absent where nobody expects it. */
export const UNKNOWN: Cell = { text: '?', role: 'muted' };
export const ABSENT: Cell = { text: '–', role: 'faint' };

/** The shown value, or `?` where it is unknown. */
export function shown<T>(value: T | null, show: (value: T) => Cell): Cell {
  return value === null ? UNKNOWN : show(value);
}
