import { ageInWords } from '../../core/units.ts';
import type { Column } from '../../core/view.ts';
import { clockTime } from '../../cli/render/clock-text.ts';
import { findingCell } from '../../cli/monitor/status.ts';
import { type Change, identityOf } from '../alert-log.ts';
import type { Look } from '../look.ts';
import type { Entry, List } from './list.ts';

const COLUMNS: readonly Column[] = [
  { title: 'Changes', min: 10, max: 10, priority: 1 },
  { title: 'STATUS', min: 13, max: 13, priority: 1 },
  { title: 'NODE', min: 6, max: 24, priority: 1 },
  { title: '', min: 30, priority: 1 },
];

/** What began and ended since the screen opened, newest first. */
export function changesList({ log, since_ms }: Look, utc: boolean): List {
  const time = (at_ms: number) => clockTime(at_ms, utc).time.slice(0, 5);
  const entries = log.changes().map((change, at): Entry => {
    const { kind, life, at_ms } = change;
    const { finding } = life;
    return {
      key: `change\0${at_ms}\0${at}\0${identityOf(finding)}`,
      cells: [
        { text: time(at_ms), role: 'muted' },
        kind === 'began' ? findingCell(finding) : { text: '✓ resolved', role: 'ok' },
        finding.node,
        kind === 'began' ? finding.message : ended(change),
      ],
      node: finding.node,
      finding: null,
      problem: false,
      open: kind === 'began' && log.life(finding) !== null ? { kind: 'alert', identity: identityOf(finding) } : null,
    };
  });
  return { id: 'changes', columns: COLUMNS, count: '', remark: '', entries, empty: [`None since ${time(since_ms)}.`], note: '' };
}

function ended({ at_ms, life: { finding, since_ms, at_least } }: Change): string {
  return `Over after ${at_least ? 'at least ' : ''}${ageInWords((at_ms - since_ms) / 1000)}: ${finding.message}`;
}
