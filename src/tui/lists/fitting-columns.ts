import type { Column } from '../../core/view.ts';
import type { Look } from '../look.ts';
import type { List } from './list.ts';

/** Cells that a node takes in a matrix, and those that the names before it take. */
const NODE = 12;
const BEFORE = 34;

/** A matrix with a column for each node, with those that fit from the chosen one on; says how many more there are. */
export function fittingColumns(list: List, { round }: Look, { column, room }: { column: number; room: number }): List {
  const names = new Set(round.snapshot.nodes.map(({ name }) => name));
  const nodes = list.columns.flatMap(({ title }, index) => (names.has(title) ? [index] : []));
  const fit = Math.max(1, Math.floor((room - BEFORE) / NODE));
  if (nodes.length <= fit) return list;
  const from = Math.min(column, nodes.length - fit);
  const shown = new Set(nodes.slice(from, from + fit));
  const kept = (_: unknown, index: number) => !nodes.includes(index) || shown.has(index);
  const columns: Column[] = list.columns.filter(kept);
  const entries = list.entries.map((entry) => (entry.across === undefined ? { ...entry, cells: entry.cells.filter(kept) } : entry));
  const more = `${fit} of ${nodes.length} nodes, → and ← for more.`;
  return { ...list, columns, entries, note: list.note === '' ? more : `${more} ${list.note}` };
}
