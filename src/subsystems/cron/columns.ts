import type { NodeSection } from '../../core/rule.ts';
import type { Columns } from '../../core/subsystem.ts';
import { age, ageInWords, many } from '../../core/units.ts';
import { ABSENT, type Block, type Cell, type Column, type Row, shown, type Table, UNKNOWN } from '../../core/view.ts';
import type { Cron, Job, TimerRow } from './section.ts';

/** How jobs show: crontabs and timers in one table, the next to run first. */
export const columns: Columns<Cron> = {
  summary,
  page: ({ section }) => page(section),
  fleet: (fleet) =>
    fleet.length === 0
      ? []
      : [
          tableOf(
            NODE,
            fleet.flatMap(({ node, section }) => rowsOf(section).map((row) => ({ ...row, cells: withNode(row.cells, node.name) }))),
          ),
        ],
};

const NODE: readonly Column[] = [{ title: 'NODE', min: 4, max: 24, priority: 1 }];

function withNode([first = '', ...rest]: readonly Cell[], node: string): Cell[] {
  return [first, node, ...rest];
}

/** `4 jobs and 9 timers; the next runs in 12 min`. */
function summary({ section }: NodeSection<Cron>): Cell {
  const bad = section.bad_lines?.length ?? 0;
  const next = rowsOf(section)[0]?.next ?? null;
  const parts = [
    ...(bad === 0 ? [] : [`${many(bad, 'line')} of crontabs cannot be followed`]),
    `${jobsIn(section)} and ${section.timers === null ? 'timers not read' : many(section.timers.length, 'timer')}`,
    ...(next === null ? [] : [`the next runs in ${ageInWords(next)}`]),
  ];
  return { text: parts.join('; '), role: bad === 0 ? 'plain' : 'warn' };
}

function jobsIn({ jobs, user_jobs }: Cron): string {
  return jobs === null ? 'jobs not read' : many(jobs.length + (user_jobs?.length ?? 0), 'job');
}

function page(section: Cron): Block[] {
  const table = tableOf([], rowsOf(section));
  const unread = section.user_jobs === null ? [{ kind: 'fact' as const, label: "Users' crontabs", value: UNKNOWN }] : [];
  return [table, ...unread];
}

const FIRST: Column = { title: 'Jobs', min: 16, max: 40, priority: 1 };
const FURTHER: readonly Column[] = [
  { title: 'LAST RUN', min: 8, align: 'right', priority: 2 },
  { title: 'RESULT', min: 9, priority: 3 },
  { title: 'NEXT', min: 6, align: 'right', priority: 1 },
  { title: 'SCHEDULE', min: 11, max: 24, priority: 5 },
  { title: 'USER', min: 4, max: 16, priority: 6 },
  { title: 'FROM', min: 12, max: 40, priority: 7 },
];

function tableOf(second: readonly Column[], rows: readonly Row[]): Table {
  const cells = rows.map((row) => ({ cells: row.cells }));
  return {
    kind: 'table',
    columns: [FIRST, ...second, ...FURTHER],
    count: String(rows.length),
    rows: cells,
    note: rows.length === 0 ? 'No jobs.' : '',
  };
}

interface Ranked extends Row {
  next: number | null;
}

/** The next to run first; what does not run again last. */
function rowsOf({ jobs, user_jobs, timers, zone }: Cron): Ranked[] {
  const rows = [...[...(jobs ?? []), ...(user_jobs ?? [])].map((job) => jobRow(job, zone !== null)), ...(timers ?? []).map(timerRow)];
  return rows.sort((a, b) => (a.next ?? Number.MAX_SAFE_INTEGER) - (b.next ?? Number.MAX_SAFE_INTEGER));
}

function jobRow({ command, last_sec, next_sec, schedule, user, file, line }: Job, zoneKnown: boolean): Ranked {
  const never = zoneKnown || schedule === '@reboot' ? ABSENT : UNKNOWN;
  return {
    next: next_sec,
    cells: [
      command,
      shown(last_sec, age),
      UNKNOWN,
      next_sec === null ? never : age(next_sec),
      schedule,
      user,
      { text: `${file}:${line}`, role: 'muted' },
    ],
  };
}

function timerRow({ name, starts, active, last_sec, next_sec, result, exit_status }: TimerRow): Ranked {
  const ended: Cell =
    result === null
      ? ABSENT
      : result === 'success'
        ? { text: '✓ success', role: 'ok' }
        : { text: `✗ ${result}${exit_status === null ? '' : ` ${exit_status}`}`, role: 'crit' };
  return {
    next: next_sec,
    cells: [
      starts.replace(/\.service$/, '') || name,
      last_sec === null ? ABSENT : age(last_sec),
      ended,
      next_sec === null ? ABSENT : age(next_sec),
      active ? 'timer' : { text: 'inactive', role: 'faint' },
      ABSENT,
      { text: name, role: 'muted' },
    ],
  };
}
