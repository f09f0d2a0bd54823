import type { NodeSection } from '../../core/rule.ts';
import type { Columns } from '../../core/subsystem.ts';
import { count, listed, many } from '../../core/units.ts';
import { ABSENT, type Block, type Cell, type Column, type Row, type Table } from '../../core/view.ts';
import type { CheckResult, Checks } from './section.ts';
import { whyFailed } from './why.ts';

/** How checks show: those that fail first, each with its reason. */
export const columns: Columns<Checks> = {
  summary,
  page: (at) => [tableOf([], rowsOf(at)), ...at.section.checks.flatMap(claimFacts)],
  fleet: (fleet) =>
    fleet.length === 0
      ? []
      : [
          tableOf(
            [{ title: 'NODE', min: 4, max: 24, priority: 1 }],
            fleet.flatMap((at) => rowsOf(at).map((row) => withNode(row, at.node.name))),
          ),
        ],
};

/** `3 of 4 checks pass; shop fails: status 502, expected 200`. */
function summary({ section, node }: NodeSection<Checks>): Cell {
  const { checks } = section;
  const passed = checks.filter((check) => check.passed === true).length;
  const bad = checks.filter((check) => check.passed === false);
  const unread = checks.length - passed - bad.length;
  const named = bad.slice(0, 2).map((check) => `${check.name} fails: ${whyFailed(check, section, node)}`);
  const parts = [
    `${passed} of ${checks.length} checks pass`,
    ...(bad.length === 0 ? [] : [listed([...named, ...(bad.length > 2 ? [`${bad.length - 2} more`] : [])])]),
    ...(unread === 0 ? [] : [`${unread} could not be asked`]),
  ];
  return { text: parts.join('; '), role: bad.length > 0 ? 'warn' : unread > 0 ? 'muted' : 'plain' };
}

const FIRST: Column = { title: 'Checks', min: 12, max: 32, priority: 1 };
const FURTHER: readonly Column[] = [
  { title: 'STATUS', min: 11, priority: 1 },
  { title: 'TOOK', min: 7, align: 'right', priority: 3 },
  { title: 'KIND', min: 6, priority: 6 },
  { title: 'TARGET', min: 16, max: 48, priority: 5 },
  { title: 'WHAT', min: 20, priority: 2 },
];

interface Ranked extends Row {
  rank: number;
}

function withNode({ rank, cells: [first = '', ...rest] }: Ranked, node: string): Ranked {
  return { rank, cells: [first, node, ...rest] };
}

function tableOf(second: readonly Column[], rows: readonly Ranked[]): Table {
  const sorted = [...rows].sort((a, b) => a.rank - b.rank).map(({ cells }) => ({ cells }));
  return { kind: 'table', columns: [FIRST, ...second, ...FURTHER], count: String(rows.length), rows: sorted, note: '' };
}

function rowsOf({ section, node }: NodeSection<Checks>): Ranked[] {
  return section.checks.map((check) => rowOf(check, check.passed === false ? whyFailed(check, section, node) : cameBack(check)));
}

function rowOf(check: CheckResult, what: string): Ranked {
  const { name, kind, target, passed, took_ms, slow_ms } = check;
  const time: Cell = took_ms === null ? ABSENT : { text: `${count(took_ms)} ms`, role: took_ms > slow_ms ? 'hot-warn' : 'plain' };
  return {
    rank: passed === false ? 0 : passed === null ? 1 : 2,
    cells: [name, standing(passed), time, kind, { text: target, role: 'muted' }, what],
  };
}

function standing(passed: boolean | null): Cell {
  if (passed === null) return { text: '? unknown', role: 'muted' };
  return passed ? { text: '✓ pass', role: 'ok' } : { text: '! fails', role: 'warn' };
}

function cameBack({ answer, days_left, claim }: CheckResult): string {
  const word = claim === null ? '' : claim.status || many(claim.services.length, 'service');
  const says = claim === null ? [] : [`says ${word}${claim.at === '' ? '' : ` at ${claim.at}`}`];
  return [...(answer === null ? [] : [answer]), ...(days_left === null ? [] : [`${days_left} days left`]), ...says].join(', ');
}

/** What another program says of its services, where it says anything. */
function claimFacts({ name, claim }: CheckResult): Block[] {
  if (claim === null || claim.services.length === 0) return [];
  const said = claim.services.map(({ name: own, status, detail }) => `${own} ${status}${detail === '' ? '' : `, ${detail}`}`);
  return [{ kind: 'fact', label: name, value: said.join('; ') }];
}
