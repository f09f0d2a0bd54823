import type { Context, NodeSection } from '../../core/rule.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Columns } from '../../core/subsystem.ts';
import { age, count, size } from '../../core/units.ts';
import { ABSENT, type Block, type Cell, type Column, shown, type Table, UNKNOWN } from '../../core/view.ts';
import { clusterOf, quorumOf } from './raft-clusters.ts';
import type { Rqlite } from './section.ts';

/** How rqlite shows: a node's part in its cluster. */
export const columns: Columns<Rqlite> = {
  summary,
  nodes: [
    { title: 'RQLITE', min: 8, priority: 8, cell: stateCell },
    { title: 'LAG', min: 5, align: 'right', priority: 8, cell: lagCell },
  ],
  page,
  fleet: (fleet, snapshot) => (fleet.length === 0 ? [] : [table(fleet, snapshot)]),
};

/** `Leader, term 42, 3 of 3 voters`. */
function summary(at: NodeSection<Rqlite>): Cell {
  const { responsive, raft_state: state, ready, has_leader } = at.section;
  if (responsive === false) return { text: 'does not answer', role: 'crit' };
  if (responsive === null || state === null) return { text: 'not read', role: 'muted' };
  const quorum = quorumAt(at);
  const text = `${partOf(at.section, state)}${quorum === null ? '' : `, ${quorum.alive} of ${quorum.total} voters`}`;
  if (has_leader === false) return { text: `no leader, ${text}`, role: 'crit' };
  if (ready === false) return { text: `not ready, ${text}`, role: 'warn' };
  return quorum !== null && quorum.alive < quorum.total ? { text, role: 'warn' } : text;
}

function partOf({ leader_id: leader, term }: Rqlite, state: string): string {
  return `${state}${leader === null || state === 'Leader' ? '' : ` of ${leader}`}, term ${term ?? '?'}`;
}

function quorumAt({ node, snapshot }: Context): ReturnType<typeof quorumOf> {
  const cluster = clusterOf(node, snapshot);
  return cluster === undefined ? null : quorumOf(cluster);
}

function stateCell({ responsive, raft_state: state, has_leader }: Rqlite): Cell {
  if (responsive === false) return { text: 'down', role: 'hot-crit' };
  if (state === null) return UNKNOWN;
  const word = state.toLowerCase();
  return ['leader', 'follower'].includes(word) && has_leader !== false ? word : { text: word, role: 'hot-warn' };
}

/** Entries that it knows to be agreed on and has not applied. */
function lagCell({ responsive, commit_index: commit, applied_index: applied }: Rqlite): Cell {
  if (responsive === false) return ABSENT;
  return commit === null || applied === null ? UNKNOWN : count(Math.max(0, commit - applied));
}

function page({ section }: NodeSection<Rqlite>): Block[] {
  if (section.responsive !== true) return [];
  const { term, applied_index, commit_index, version, heap_mb, goroutines, uptime } = section;
  const [state, at, applied, committed] = [section.raft_state, term, applied_index, commit_index].map(orMark);
  return [
    {
      kind: 'fact',
      label: 'State',
      value: `${state}, ${section.ready === true ? 'ready' : 'not ready'}, strong read ${answered(section.strong_read)}`,
    },
    { kind: 'fact', label: 'Leader', value: leaderCell(section) },
    {
      kind: 'fact',
      label: 'Last contact',
      value: shown(section.last_contact_ms, (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : age(ms / 1000))),
    },
    { kind: 'fact', label: 'Log', value: `term ${at}, applied ${applied} of ${committed}` },
    { kind: 'fact', label: 'Database', value: shown(section.db_size_bytes, size) },
    {
      kind: 'fact',
      label: 'Program',
      value: `version ${orMark(version)}, ${orMark(heap_mb)} MiB, ${orMark(goroutines)} goroutines, up ${orMark(uptime)}`,
    },
    ...peersTable(section),
  ];
}

function orMark(value: string | number | null): string {
  return value === null ? '?' : String(value);
}

function leaderCell({ has_leader, leader_addr, leader_id }: Rqlite): Cell {
  if (has_leader === false) return { text: 'none', role: 'crit' };
  return shown(leader_addr, (addr) => (leader_id === null ? addr : `${leader_id} at ${addr}`));
}

function answered(value: boolean | null): string {
  if (value === null) return 'not known';
  return value ? 'answered' : 'not answered';
}

function peersTable({ nodes }: Rqlite): Table[] {
  if (nodes === null) return [];
  const rows = Object.entries(nodes).map(([id, each]) => ({
    cells: [
      id,
      each.reachable ? { text: '✓ reached', role: 'ok' as const } : { text: '✗ not reached', role: 'crit' as const },
      each.leader ? 'leader' : each.voter ? 'voter' : 'reader',
      shown(each.addr, (addr) => addr),
      each.error,
    ],
  }));
  return [{ kind: 'table', columns: PEER_COLUMNS, count: String(rows.length), rows, note: '' }];
}

const PEER_COLUMNS: readonly Column[] = [
  { title: 'Peers', min: 8, max: 24, priority: 1 },
  { title: 'STATUS', min: 13, priority: 1 },
  { title: 'PART', min: 6, priority: 2 },
  { title: 'ADDRESS', min: 9, max: 47, priority: 3 },
  { title: 'WHY', min: 10, priority: 2 },
];

const FLEET_COLUMNS: readonly Column[] = [
  { title: 'rqlite', min: 8, max: 24, priority: 1 },
  { title: 'STATUS', min: 13, priority: 1 },
  { title: 'STATE', min: 9, priority: 1 },
  { title: 'LEADER', min: 8, max: 24, priority: 2 },
  { title: 'TERM', min: 5, align: 'right', priority: 3 },
  { title: 'APPLIED', min: 7, align: 'right', priority: 3 },
  { title: 'LAG', min: 5, align: 'right', priority: 2 },
  { title: 'VOTERS', min: 6, priority: 2 },
  { title: 'SIZE', min: 5, align: 'right', priority: 5 },
  { title: 'VERSION', min: 8, priority: 7 },
];

function table(fleet: readonly NodeSection<Rqlite>[], snapshot: Snapshot): Table {
  const rows = fleet.map(({ node, section }) => {
    const quorum = quorumAt({ node, snapshot });
    return {
      cells: [
        node.name,
        statusCell(section),
        stateCell(section),
        section.has_leader === false ? { text: 'none', role: 'hot-crit' as const } : shown(section.leader_id, (id) => id),
        shown(section.term, String),
        shown(section.applied_index, count),
        lagCell(section),
        shown(quorum, ({ alive, total }) => (alive === total ? `${alive}/${total}` : { text: `${alive}/${total}`, role: 'warn' })),
        shown(section.db_size_bytes, size),
        shown(section.version, (version) => version),
      ],
    };
  });
  return { kind: 'table', columns: FLEET_COLUMNS, count: String(rows.length), rows, note: '' };
}

function statusCell({ responsive, ready, strong_read }: Rqlite): Cell {
  if (responsive === false) return { text: '✗ no answer', role: 'crit' };
  if (responsive === null) return { text: '? unknown', role: 'muted' };
  if (ready === false) return { text: '! not ready', role: 'warn' };
  if (strong_read === false) return { text: '! no reads', role: 'warn' };
  return ready === null || strong_read === null ? { text: '? partial', role: 'muted' } : { text: '✓ ready', role: 'ok' };
}
