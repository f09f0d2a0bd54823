import type { NodeSection } from '../../core/rule.ts';
import type { Columns } from '../../core/subsystem.ts';
import { age, listed, many, percent, size } from '../../core/units.ts';
import { ABSENT, type Block, type Cell, type Column, type Role, type Row, shown, UNKNOWN } from '../../core/view.ts';
import { loopSeen } from './restart-loop.ts';
import type { Service, Services } from './section.ts';
import { type Standing, standings } from './standing.ts';
import { unitsTable } from './units-table.ts';

/** How units show: a share of active ones on each node, problems by name, units against nodes across the fleet. */
export const columns: Columns<Services> = {
  summary,
  nodes: [{ title: 'UNITS', min: 5, align: 'right', priority: 3, cell: unitsCell }],
  page: ({ section }) => page(section),
  fleet: unitsTable,
};

interface Tally {
  active: number;
  all: number;
}

function tally(units: readonly Standing[]): Tally {
  const counting = units.filter(({ counts }) => counts);
  return { active: counting.filter(({ active }) => active).length, all: counting.length };
}

/** `10/11`, hot where one is missing. */
function unitsCell(section: Services): Cell {
  const { active, all } = tally(standings(section));
  if (all === 0) return section.services === null || section.failed_units === null ? UNKNOWN : ABSENT;
  return { text: `${active}/${all}`, role: active === all ? 'plain' : 'hot-warn' };
}

/** `10 of 11 units active; orama-gateway restarts, 6 times in 8 min`. */
function summary({ section }: NodeSection<Services>): Cell {
  const units = standings(section);
  const { active, all } = tally(units);
  const wrong = troubles(units);
  const unread = section.failed_units === null ? ['failed units not read'] : [];
  const begin = all === 0 ? 'no unit is watched here' : `${active} of ${many(all, 'unit')} active`;
  const named = wrong.slice(0, 2).map((unit) => trouble(unit, section));
  const more = wrong.length > 2 ? [`${wrong.length - 2} more`] : [];
  const said = [listed([...named, ...more]), ...unread].filter((part) => part !== '');
  return { text: [begin, ...(said.length === 0 && all === 0 ? ['none failed'] : said)].join('; '), role: lineRole(wrong) };
}

/** Those not as they should be, worst first. */
function troubles(units: readonly Standing[]): Standing[] {
  const rank = ({ role }: Standing) => ['hot-crit', 'hot-warn', 'plain'].indexOf(role);
  return units.filter(({ counts, active }) => counts && !active).sort((a, b) => rank(a) - rank(b));
}

function lineRole([worst]: readonly Standing[]): Role {
  if (worst?.role === 'hot-crit') return 'crit';
  return worst?.role === 'hot-warn' ? 'warn' : 'plain';
}

function trouble({ name, word, service }: Standing, { restarts_recent }: Services): string {
  if (word === 'failed') return `${name} failed`;
  if (!word.startsWith('restarts')) return `${name} is ${word}`;
  const seen = service === null ? null : loopSeen(service, restarts_recent);
  return `${name} restarts${seen === null ? '' : `, ${seen}`}`;
}

const UNIT_COLUMNS: readonly Column[] = [
  { title: 'Services', min: 14, max: 40, priority: 1 },
  { title: 'STATE', min: 11, priority: 1 },
  { title: 'FOR', min: 4, align: 'right', priority: 2 },
  { title: 'RESTARTS', min: 8, align: 'right', priority: 3 },
  { title: 'MEM', min: 5, align: 'right', priority: 4 },
  { title: 'CPU', min: 4, align: 'right', priority: 5 },
];

/** Named units and what is wrong, problems first; the active rest is one line under the table. */
function page(section: Services): Block[] {
  const units = standings(section);
  const wrong = troubles(units);
  const well = units.filter((unit) => !wrong.includes(unit) && unit.word !== '–');
  const own = well.filter(({ service }) => service?.watch !== 'enabled');
  const { active, all } = tally(units);
  return [
    {
      kind: 'table',
      columns: UNIT_COLUMNS,
      count: `${active} of ${all} active`,
      rows: [...wrong, ...own].map(row),
      note: note(
        well.filter((unit) => !own.includes(unit)),
        section,
      ),
    },
  ];
}

function row({ name, word, role, service, failed }: Standing): Row {
  const { n_restarts, memory_current_mb, cpu_pct } = service ?? NOTHING;
  return {
    cells: [
      name,
      stateCell(word, role),
      shown(since(service) ?? failed?.since_sec ?? null, age),
      n_restarts === null ? ABSENT : restartsCell(n_restarts, word),
      memory_current_mb === null ? ABSENT : size(memory_current_mb * 2 ** 20),
      cpu_pct === null ? ABSENT : percent(cpu_pct),
    ],
  };
}

/** Of a unit that is listed only because it failed. */
const NOTHING = { n_restarts: null, memory_current_mb: null, cpu_pct: null };

/** How long it is as it is. */
function since(service: Service | null): number | null {
  return (service?.active_state === 'active' ? service.active_since_sec : service?.state_since_sec) ?? null;
}

function restartsCell(restarts: number, word: string): Cell {
  if (restarts === 0) return { text: '0', role: 'muted' };
  return { text: String(restarts), role: word.startsWith('restarts') ? 'hot-warn' : 'plain' };
}

const SIGNS: Partial<Record<Role, string>> = { 'hot-crit': '✗', 'hot-warn': '!', ok: '✓', muted: '?', plain: '·' };
const LINE: Partial<Record<Role, Role>> = { 'hot-crit': 'crit', 'hot-warn': 'warn' };

/** `! restarts`: how often stands in its own column. */
function stateCell(word: string, role: Role): Cell {
  const [first = word] = word.startsWith('restarts') ? word.split(' ') : [word];
  return { text: first === '?' ? '? unknown' : `${SIGNS[role] ?? '–'} ${first}`, role: LINE[role] ?? role };
}

/** `and 3 more active: chrony, cron, ssh. No failed units.` */
function note(rest: readonly Standing[], { failed_units, others }: Services): string {
  const active = rest.filter((unit) => unit.active).map(({ name }) => name);
  const more =
    others === null
      ? ['Which services start with the machine was not read.']
      : active.length === 0
        ? []
        : [`and ${active.length} more active: ${active.join(', ')}.`];
  const failed = failed_units === null ? ['Failed units were not read.'] : failed_units.length === 0 ? ['No failed units.'] : [];
  return [...more, ...failed].join(' ');
}
