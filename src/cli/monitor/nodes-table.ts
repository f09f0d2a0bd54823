import type { NodeSnapshot, Snapshot } from '../../core/snapshot.ts';
import type { NodeColumn, Registered } from '../../core/subsystem.ts';
import { listed } from '../../core/units.ts';
import { ABSENT, type Cell, type Column, type Row, type Table, UNKNOWN } from '../../core/view.ts';
import { SUBSYSTEMS } from '../../subsystems/all.gen.ts';
import { findingsOf, type Round, shownNodes } from './round.ts';
import { drawn, sectionAt } from './sections.ts';
import { nodeStatus, type Status, statusCell } from './status.ts';

const OWN: readonly Column[] = [
  { title: 'Nodes', min: 8, max: 24, priority: 1 },
  { title: 'STATUS', min: 13, priority: 1 },
];

/** Columns of what the inventory says, shown where it says something of any node. */
const FACTS: readonly { column: Column; cell: (node: NodeSnapshot) => Cell; says: (node: NodeSnapshot) => boolean }[] = [
  { column: { title: 'ROLE', min: 4, max: 12, priority: 6 }, cell: ({ role }) => role, says: ({ role }) => role !== 'node' },
  {
    column: { title: 'ADDRESS', min: 7, priority: 9, whole: true },
    cell: ({ host }) => host ?? ABSENT,
    says: ({ host, name }) => host !== null && host !== name,
  },
];

/** Every node that the view shows, worst first, with the columns that the subsystems add. */
export function nodesTable(round: Round): Table {
  const nodes = ranked(round);
  const seen = addedColumns(nodes.map(({ node }) => node));
  const facts = FACTS.filter(({ says }) => nodes.some(({ node }) => says(node)));
  const rows = nodes.map(({ node, status }): Row => {
    const begin = [node.name, statusCell(status)];
    if (node.report === null) return { cells: begin, across: node.failure?.message ?? 'gave no report' };
    return {
      cells: [...begin, ...facts.map(({ cell }) => cell(node)), ...seen.map((each) => nodeCell(each, node, round.snapshot))],
    };
  });
  return {
    kind: 'table',
    columns: [...OWN, ...facts.map(({ column }) => column), ...seen.map(({ column }) => column)],
    count: String(nodes.length),
    rows,
    note: note(nodes.map(({ node }) => node)),
  };
}

const RANK: readonly Status[] = ['unreachable', 'not read', 'critical', 'warning', 'unknown', 'partial', 'muted', 'healthy', 'absent'];

function ranked(round: Round): { node: NodeSnapshot; status: Status }[] {
  return shownNodes(round)
    .map((node) => ({ node, status: nodeStatus(node, findingsOf(round, node.name)) }))
    .sort((a, b) => RANK.indexOf(a.status) - RANK.indexOf(b.status));
}

/** A column that a subsystem adds to every list of nodes. */
export interface AddedColumn {
  subsystem: Registered;
  column: NodeColumn<never>;
}

/** The columns that subsystems add, but for those of something that no node here has. */
export function addedColumns(nodes: readonly NodeSnapshot[]): AddedColumn[] {
  return SUBSYSTEMS.filter((subsystem) => nodes.some((node) => hasSection(subsystem, node))).flatMap((subsystem) =>
    (subsystem.columns.nodes ?? []).map((column) => ({ subsystem, column })),
  );
}

function hasSection({ name }: Registered, { report }: NodeSnapshot): boolean {
  return report?.states[name] === 'ok' || report?.states[name] === 'unknown';
}

/** What such a column says of the node: `–` where the thing is not there, `?` where it is not known. */
export function nodeCell({ subsystem, column }: AddedColumn, node: NodeSnapshot, snapshot: Snapshot): Cell {
  const at = sectionAt(subsystem, node, snapshot);
  if (at === null) return node.report?.states[subsystem.name] === 'absent' ? ABSENT : UNKNOWN;
  return drawn<Cell>(() => column.cell(at.section), UNKNOWN);
}

function note(nodes: readonly NodeSnapshot[]): string {
  return WAYS.map(([way, says]) => ({ says, names: nodes.filter(({ via }) => via === way).map(({ name }) => name) }))
    .filter(({ names }) => names.length > 0)
    .map(({ names, says }) => `${listed(names)} ${names.length === 1 ? 'is' : 'are'} read ${says}.`)
    .join(' ');
}

/** Ways that are worth a word. */
const WAYS: readonly [NodeSnapshot['via'], string][] = [
  ['orama', 'through the original orama node report'],
  ['sent', 'by an agent that was sent along and is not installed'],
  ['shell', 'through the shell, without an agent'],
];
