import type { Io } from '../io.ts';
import type { Cell } from '../../core/view.ts';
import { own } from '../render/line.ts';
import { pageText } from '../render/page.ts';
import { tableLines } from '../render/table.ts';
import { terminalOf } from '../render/terminal.ts';
import { visible } from '../../core/clean.ts';

/** What a change came to on one machine. */
export interface Outcome {
  node: string;
  state: 'done' | 'would' | 'failed' | 'unreached';
  text: string;
  /** Shown under the table, as they are. */
  lines: readonly string[];
}

const STATES: Record<Outcome['state'], Cell> = {
  done: { text: '✓ done', role: 'ok' },
  would: { text: '– not yet', role: 'muted' },
  failed: { text: '✗ failed', role: 'crit' },
  unreached: { text: '✗ not reached', role: 'crit' },
};

/** One row for each machine, and under them what belongs to each. */
export function outcomesPage(io: Io, title: string, outcomes: readonly Outcome[]): string {
  const terminal = terminalOf(io.stdout, io.env);
  const columns = [
    { title, min: 8, max: 24, priority: 1 },
    { title: 'STATUS', min: 13, priority: 1 },
  ];
  const rows = outcomes.map(({ node, state, text }) => ({ cells: [node, STATES[state]], across: text }));
  const table = { kind: 'table', columns, count: String(outcomes.length), rows, note: '' } as const;
  const names = new Set(outcomes.map(({ node }) => node));
  const details = outcomes
    .filter(({ lines }) => lines.length > 0)
    .map(({ node, lines }) => [own(node), ...lines.map((line) => own(visible(line)))].map((span) => ({ whole: [span] })));
  return pageText(terminal, [tableLines(terminal, table, { names, all: true }), ...details]);
}
