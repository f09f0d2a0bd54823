import type { NodeSnapshot } from '../../core/snapshot.ts';
import type { Steps } from '../../core/steps.ts';
import { age } from '../../core/units.ts';
import { type Cell, type Column, textOf } from '../../core/view.ts';
import { addedColumns, type AddedColumn, nodeCell } from '../../cli/monitor/nodes-table.ts';
import { findingsOf, shownNodes } from '../../cli/monitor/round.ts';
import { nodeStatus, type Status, statusCell } from '../../cli/monitor/status.ts';
import type { Terminal } from '../../cli/render/terminal.ts';
import { barLine, curveLine } from '../draw/curve.ts';
import { CURVED } from '../curves.ts';
import type { Look } from '../look.ts';
import { type Entry, type List, type ListCell, withCells } from './list.ts';

/** How the nodes are listed. */
export interface NodesShown {
  terminal: Terminal;
  /** Curves for all values that have one, in place of bars. */
  curves: boolean;
  /** Cells of a curve and of a bar. */
  curve: number;
  bar: number;
  /** Columns for which only a wide screen has room. */
  wide: boolean;
}

const NAME: Column = { title: 'Nodes', min: 8, max: 24, priority: 1 };
const STATUS: Column = { title: 'STATUS', min: 13, max: 13, priority: 1 };
const ROLE: Column = { title: 'ROLE', min: 4, max: 10, priority: 6 };
const ADDRESS: Column = { title: 'ADDRESS', min: 7, max: 15, priority: 9 };
const AGE: Column = { title: 'AGE', min: 3, align: 'right', priority: 1 };
/** As many rounds without an answer make a value hot by its age. */
const MISSED = 3;

/** So many nodes are judged without a pause. */
const NODES = 32;

interface Standing {
  node: NodeSnapshot;
  status: Status | 'waiting';
}

/** Every node, worst first, with the last known values of those that do not answer. */
export function* nodesList(look: Look, shown: NodesShown): Steps<List> {
  const { round } = look;
  const nodes: Standing[] = [];
  for (const node of shownNodes(round)) {
    nodes.push({ node, status: statusAt(look, node) });
    if (nodes.length % NODES === 0) yield;
  }
  const sorted = nodes.sort((a, b) => rank(a.status) - rank(b.status));
  const told = sorted.map(({ node }) => (node.report === null ? (look.last.get(node.name) ?? node) : node));
  const added = addedColumns(told).filter(({ column }) => shown.wide || shown.curves || column.priority < 9);
  const roles = told.some(({ role }) => role !== 'node');
  const addresses = shown.wide && told.some(({ host, name }) => host !== null && host !== name);
  const begin = [NAME, STATUS, ...(roles ? [ROLE] : []), ...(addresses ? [ADDRESS] : [])];
  yield;
  const entries = sorted.map(({ node, status }, at) =>
    entryOf({ look, shown, added, roles, addresses }, node, { status, told: told[at] ?? node }),
  );
  const curved = shown.curves && added.some(({ column }) => column.curve !== undefined);
  return {
    id: 'nodes',
    columns: [...begin, ...added.flatMap((each) => columnsOf(each, shown)), AGE],
    count: String(nodes.length),
    remark: '',
    entries,
    empty: ['No node is in this view.'],
    note: curved ? 'Curves: the rounds seen, newest right; a dot is a round without an answer. Grey values are old, see AGE.' : '',
  };
}

interface Drawing {
  look: Look;
  shown: NodesShown;
  added: readonly AddedColumn[];
  roles: boolean;
  addresses: boolean;
}

function columnsOf({ column, subsystem }: AddedColumn, { curves, curve, bar }: NodesShown): Column[] {
  if (column.curve === undefined)
    return [curves ? { ...column, priority: CURVED.some((each) => each.subsystem === subsystem) ? 5 : 6 } : column];
  const width = column.curve.bar && !curves ? bar : curve;
  const way: Column = {
    title: '',
    min: width,
    max: width,
    priority: curves ? 4 : column.curve.bar ? 7 : column.curve.top < 100 ? 9 : 5,
    close: true,
  };
  return [column, way];
}

const ORDER: readonly (Status | 'waiting')[] = [
  'unreachable',
  'not read',
  'critical',
  'warning',
  'waiting',
  'unknown',
  'partial',
  'muted',
  'healthy',
  'absent',
];

function rank(status: Status | 'waiting'): number {
  return ORDER.indexOf(status);
}

function statusAt({ round, progress }: Look, node: NodeSnapshot): Status | 'waiting' {
  if (node.report === null && node.failure === null && progress.waiting.has(node.name)) return 'waiting';
  return nodeStatus(node, findingsOf(round, node.name));
}

function entryOf(drawing: Drawing, node: NodeSnapshot, { status, told }: { status: Status | 'waiting'; told: NodeSnapshot }): Entry {
  const { look } = drawing;
  const begin = [
    { text: node.name, role: 'strong' },
    status === 'waiting' ? { text: '· waiting', role: 'muted' } : statusCell(status),
  ] as Cell[];
  const base = {
    key: `node\0${node.name}`,
    node: node.name,
    finding: findingsOf(look.round, node.name).find(({ state }) => state === 'firing') ?? null,
    problem: !['healthy', 'waiting', 'muted', 'absent'].includes(status),
    open: { kind: 'node', name: node.name } as const,
  };
  if (told.report === null) {
    const why = status === 'waiting' ? (look.progress.waiting.get(node.name) ?? '') : (node.failure?.message ?? 'gave no report');
    return { ...base, cells: begin, across: { text: why, role: status === 'waiting' ? 'muted' : 'plain' } };
  }
  return withCells(base, () => [...begin, ...figures(drawing, told, node.report === null)]);
}

function figures({ look, shown, added, roles, addresses }: Drawing, told: NodeSnapshot, stale: boolean): ListCell[] {
  const old = (cell: Cell): Cell => (stale ? { text: textOf(cell), role: 'muted' } : cell);
  return [
    ...(roles ? [old(told.role)] : []),
    ...(addresses ? [old(told.host ?? '–')] : []),
    ...added.flatMap((each): ListCell[] => {
      const cell = nodeCell(each, told, look.round.snapshot);
      if (each.column.curve === undefined) return [old(cell)];
      const { curve } = each.column;
      const values = look.curves.of(told.name, each.column.title);
      const draw = () =>
        curve.bar && !shown.curves
          ? barLine(shown.terminal, { cell, width: shown.bar, stale })
          : curveLine(shown.terminal, curve, { values, width: shown.curve, stale });
      return [old(cell), { draw }];
    }),
    (now_ms) => ageCell(look, told.answered_at_ms, now_ms),
  ];
}

function ageCell({ interval_s }: Look, at_ms: number, now_ms: number): Cell {
  const seconds = Math.max(0, (now_ms - at_ms) / 1000);
  // The first unit says enough, and the column stays as narrow as it is.
  return { text: age(seconds).replace(/(?<=[a-z]).+$/, ''), role: seconds > MISSED * interval_s ? 'hot-crit' : 'muted' };
}
