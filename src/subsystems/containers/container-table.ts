import type { NodeSnapshot } from '../../core/snapshot.ts';
import { age, many, percent, rate, size } from '../../core/units.ts';
import { ABSENT, type Cell, type Column, type Row, shown, type Table } from '../../core/view.ts';
import type { Activity, Containers } from './section.ts';
import type { Standing } from './standing.ts';
import { recently } from './trouble.ts';

/** Title and cell of one column. */
interface Shown extends Column {
  cell(standing: Standing, recent: Activity | null, node: string): Cell;
}

const NODE: Shown = { title: 'NODE', min: 4, max: 24, priority: 1, cell: (_standing, _recent, node) => node };

const COLUMNS: readonly Shown[] = [
  { title: 'Containers', min: 16, max: 32, priority: 1, cell: ({ container }) => container.name },
  { title: 'STATUS', min: 11, priority: 1, cell: ({ word, role }) => ({ text: word, role }) },
  {
    title: 'FOR',
    min: 6,
    align: 'right',
    priority: 2,
    cell: (standing) => shown(standing.for_sec, (seconds) => `${standing.at_least ? '≥' : ''}${age(seconds)}`),
  },
  { title: 'PROJECT', min: 8, max: 16, priority: 6, cell: ({ container: { compose } }) => muted(compose?.project) },
  {
    title: 'CPU',
    min: 5,
    align: 'right',
    priority: 3,
    cell: ({ container }, recent) => running(container.state, recent?.cpu_pct ?? null, (value) => percent(value, true)),
  },
  { title: 'MEM', min: 5, align: 'right', priority: 3, cell: ({ container }) => running(container.state, container.memory_bytes, size) },
  { title: 'LIMIT', min: 5, align: 'right', priority: 4, cell: limitCell },
  {
    title: 'WRITES',
    min: 7,
    align: 'right',
    priority: 5,
    cell: ({ container }, recent) => running(container.state, recent?.disk?.write_bytes_per_s ?? null, rate),
  },
  {
    title: 'RESTARTS',
    min: 8,
    align: 'right',
    priority: 4,
    cell: ({ container: { restarts }, word }) =>
      shown(restarts, (count) => ({ text: String(count), role: word === '! restarts' ? 'hot-warn' : count === 0 ? 'muted' : 'plain' })),
  },
  {
    title: 'IMAGE',
    min: 14,
    max: 40,
    priority: 7,
    cell: ({ container: { image } }) => ({ text: image.replace(/^docker\.io\/(library\/)?/, ''), role: 'muted' }),
  },
  {
    title: 'BUILT',
    min: 5,
    align: 'right',
    priority: 8,
    cell: ({ container: { image_age_sec: built } }) => shown(built, (seconds) => ({ text: age(seconds), role: 'muted' })),
  },
];

function muted(text: string | undefined): Cell {
  return text === undefined ? ABSENT : { text, role: 'muted' };
}

/** A figure that only a running container has. */
function running(state: string, value: number | null, show: (value: number) => string): Cell {
  return state === 'running' || state === 'paused' ? shown(value, show) : ABSENT;
}

function limitCell({ container: { memory_limit_bytes: limit, no_memory_limit: none } }: Standing): Cell {
  return none === true ? { text: 'none', role: 'muted' } : shown(limit, size);
}

/** One node's containers, those that are not well first. */
export function containersTable(section: Containers, standings: readonly Standing[]): Table {
  return tableOf(COLUMNS, rowsOf(COLUMNS, '', section, standings), many(standings.length, 'container'));
}

/** One node with its containers. */
interface OnNode {
  node: NodeSnapshot;
  section: Containers;
  standings: readonly Standing[];
}

/** The containers of so many nodes. */
export function fleetTable(rows: readonly Ranked[], nodes: number): Table {
  const note = rows.length === 0 ? `No containers on the ${many(nodes, 'node')} read.` : '';
  return { ...tableOf(FLEET_COLUMNS, rows, String(rows.length)), note };
}

const FLEET_COLUMNS: readonly Shown[] = [...COLUMNS.slice(0, 3), NODE, ...COLUMNS.slice(3)];
const made = new WeakMap<NodeSnapshot, readonly Ranked[]>();

/** A node's containers in the fleet's table. Made once for what the node said: from one look to the next most say nothing new. */
export function rowsOn({ node, section, standings }: OnNode): readonly Ranked[] {
  const rows = made.get(node) ?? rowsOf(FLEET_COLUMNS, node.name, section, standings);
  made.set(node, rows);
  return rows;
}

/** A row with what it is sorted by. */
export interface Ranked extends Row {
  well: boolean;
  memory: number;
}

function rowsOf(columns: readonly Shown[], node: string, section: Containers, standings: readonly Standing[]): Ranked[] {
  const recentOf = recently(section);
  return standings.map((standing) => ({
    well: standing.well || !standing.counts,
    memory: standing.container.memory_bytes ?? -1,
    cells: columns.map(({ cell }) => cell(standing, recentOf(standing.container.id), node)),
  }));
}

function tableOf(columns: readonly Shown[], rows: readonly Ranked[], count: string): Table {
  const sorted = [...rows].sort((a, b) => Number(a.well) - Number(b.well) || b.memory - a.memory);
  return {
    kind: 'table',
    columns: columns.map(columnOf),
    count,
    rows: sorted.map(({ cells }) => ({ cells })),
    note: '',
  };
}

function columnOf({ title, min, max, align, priority }: Shown): Column {
  return { title, min, priority, ...(max === undefined ? {} : { max }), ...(align === undefined ? {} : { align }) };
}
