import { EXIT, type Exit } from '../../core/refusal.ts';
import { many } from '../../core/units.ts';
import type { Installed } from '../../fleet/install/install-node.ts';
import type { Step } from '../../fleet/install/step.ts';
import type { Cell } from '../../core/view.ts';
import { own } from '../render/line.ts';
import { pageText } from '../render/page.ts';
import { tableLines } from '../render/table.ts';
import type { Terminal } from '../render/terminal.ts';
import { visible } from '../../core/clean.ts';

/** What a change came to on one machine. */
export interface Outcome {
  node: string;
  state: 'done' | 'would' | 'failed' | 'unsure' | 'unreached';
  text: string;
  /** Shown under the table, as they are. */
  lines: readonly string[];
}

const STATES: Record<Outcome['state'], Cell> = {
  done: { text: '✓ done', role: 'ok' },
  would: { text: '– not yet', role: 'muted' },
  failed: { text: '✗ failed', role: 'crit' },
  unsure: { text: '? unknown', role: 'crit' },
  unreached: { text: '✗ not reached', role: 'crit' },
};

/** One row for each machine, and under them what belongs to each. */
export function outcomesPage(terminal: Terminal, title: string, outcomes: readonly Outcome[]): string {
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

const UNSURE = ' Whether that was done is not known; the same command looks again, and does only what lacks.';

/** What an install or its undoing came to; `kept` is what can be said of the machine where it failed half-way. */
export function outcomeOf(node: string, installed: Installed, { dry, kept }: { dry: boolean; kept: string }): Outcome {
  const { steps } = installed;
  if (installed.kind === 'done')
    return {
      node,
      state: dry ? 'would' : 'done',
      text: `${installed.says}, ${many(steps.length, 'step')}`,
      lines: dry ? steps.flatMap(stepLines) : [],
    };
  const { reached, unsure, step, message } = installed;
  return {
    node,
    state: unsure ? 'unsure' : reached ? 'failed' : 'unreached',
    text: `${step}: ${message}.${unsure ? `${UNSURE}${kept}` : steps.length > 0 ? kept : ' Nothing was changed.'}`,
    lines: [],
  };
}

function stepLines({ says, script, shown = '' }: Step): string[] {
  const content = shown.split('\n').filter((line) => line !== '');
  return [says, `  ${script}`, ...content.map((line) => `  | ${line}`)];
}

/** 4 also where it is one machine alone: what was asked for did not come about. */
export function exitOf(results: readonly Outcome[]): Exit {
  if (results.every(({ state }) => state === 'done' || state === 'would')) return EXIT.fine;
  return results.every(({ state }) => state === 'unreached') ? EXIT.nothing : EXIT.partial;
}
