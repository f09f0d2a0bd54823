import type { Importance } from '../core/check-definition.ts';
import type { Evidence, Next } from '../core/rule.ts';

export type Status = 'fail' | 'warn' | 'pass' | 'skip';

/** How one check went on one node or across them. */
export interface Result {
  /** As in `rqlite.responsive`. */
  id: string;
  /** The same in words. */
  name: string;
  subsystem: string;
  /** Where its check stands among all. */
  order: number;
  importance: Importance;
  status: Status;
  /** A sentence; for a skip the reason. */
  message: string;
  /** Empty for one across the nodes. */
  node: string;
  /** What it is about on the node: a mount, a unit; empty for the whole. */
  subject: string;
  evidence: Evidence | null;
  next: Next | null;
  log: readonly string[];
  /** The sentence of what explains it; null unless something does. */
  follows: string | null;
}

export const RANK: Readonly<Record<Importance, number>> = { critical: 3, high: 2, medium: 1, low: 0 };

const ORDER: Readonly<Record<Status, number>> = { fail: 0, warn: 1, skip: 2, pass: 3 };

/** Fails first, then what is more important; the same results always come in the same order. */
export function failsFirst(a: Result, b: Result): number {
  return (
    ORDER[a.status] - ORDER[b.status] ||
    RANK[b.importance] - RANK[a.importance] ||
    compare(a.node, b.node) ||
    compare(a.id, b.id) ||
    compare(a.subject, b.subject)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How many results there are of each status. */
export function totals(results: readonly Result[]): Record<Status, number> {
  const sum = { fail: 0, warn: 0, pass: 0, skip: 0 };
  for (const { status } of results) sum[status] += 1;
  return sum;
}
