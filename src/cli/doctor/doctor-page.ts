import { many } from '../../core/units.ts';
import type { Cell, Row, Table } from '../../core/view.ts';
import type { Page } from '../render/page.ts';
import { tableLines } from '../render/table.ts';
import type { Terminal } from '../render/terminal.ts';
import { own } from '../render/line.ts';
import type { Examined } from './examined.ts';

const STATES: Record<Examined['state'], Cell> = {
  ok: { text: '✓ ok', role: 'ok' },
  warning: { text: '! warning', role: 'warn' },
  problem: { text: '✗ problem', role: 'crit' },
  unknown: { text: '? unknown', role: 'muted' },
};

/** A row for each thing, with how to mend it under what is wrong. */
export function doctorPage(terminal: Terminal, all: readonly Examined[]): Page {
  const table: Table = {
    kind: 'table',
    columns: [
      { title: 'Checks', min: 14, priority: 1 },
      { title: 'STATUS', min: 11, priority: 1 },
      { title: 'WHAT', min: 40, priority: 1 },
    ],
    count: String(all.length),
    rows: all.flatMap(rowsOf),
    note: '',
  };
  return [[[own(verdict(all), 'strong')]], tableLines(terminal, table, { names: new Set(), all: true })];
}

function rowsOf({ check, state, message, next }: Examined): Row[] {
  const row: Row = { cells: [check, STATES[state]], across: `${message}.` };
  return next === '' ? [row] : [row, { cells: ['', { text: 'next', role: 'accent' }], across: next }];
}

/** `1 problem and 2 warnings on this machine.` */
function verdict(all: readonly Examined[]): string {
  const of = (state: Examined['state']) => all.filter((each) => each.state === state).length;
  const [problems, warnings, unknown] = [of('problem'), of('warning'), of('unknown')];
  const parts = [
    ...(problems === 0 ? [] : [many(problems, 'problem')]),
    ...(warnings === 0 ? [] : [many(warnings, 'warning')]),
    ...(unknown === 0 ? [] : [`${unknown} not known`]),
  ];
  return parts.length === 0 ? 'Nothing is wrong with ward on this machine.' : `${parts.join(', ')} on this machine.`;
}
