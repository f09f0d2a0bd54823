import type { NodeSection } from '../../core/rule.ts';
import type { Columns } from '../../core/subsystem.ts';
import { age, count, many } from '../../core/units.ts';
import { ABSENT, type Block, type Cell, type Column, shown, type Table } from '../../core/view.ts';
import type { Olric } from './section.ts';

/** How Olric shows: a member and whom it knows. */
export const columns: Columns<Olric> = {
  summary: ({ section }) => summary(section),
  page: ({ section }) => page(section),
  fleet: (fleet) => (fleet.length === 0 ? [] : [table(fleet)]),
};

/** `3 members, coordinator 10.0.0.1:3320`. */
function summary({ responsive, memberlist_up, member, members, coordinator }: Olric): Cell {
  if (responsive === false) return { text: 'does not answer', role: 'crit' };
  if (responsive === null || members === null) return { text: 'not read', role: 'muted' };
  const text = `${many(members.length, 'member')}, ${coordinator === member ? 'coordinates' : `coordinator ${coordinator ?? 'not known'}`}`;
  return memberlist_up === false ? { text: `memberlist does not listen, ${text}`, role: 'crit' } : text;
}

function page(section: Olric): Block[] {
  if (section.responsive !== true) return [];
  const { members, coordinator, partitions, entries, version, uptime_seconds, process_mem_mb } = section;
  return [
    { kind: 'fact', label: 'Members', value: shown(members, (names) => names.join(', ')) },
    { kind: 'fact', label: 'Coordinator', value: shown(coordinator, (name) => name) },
    { kind: 'fact', label: 'Data', value: `${partitions ?? '?'} partitions, ${entries === null ? '?' : count(entries)} entries` },
    {
      kind: 'fact',
      label: 'Program',
      value: `version ${version ?? '?'}, up ${uptime_seconds === null ? '?' : age(uptime_seconds)}, ${process_mem_mb ?? '?'} MiB`,
    },
  ];
}

const COLUMNS: readonly Column[] = [
  { title: 'Olric', min: 8, max: 24, priority: 1 },
  { title: 'STATUS', min: 13, priority: 1 },
  { title: 'MEMBERS', min: 7, align: 'right', priority: 1 },
  { title: 'COORDINATOR', min: 11, max: 47, priority: 2 },
  { title: 'PARTITIONS', min: 10, align: 'right', priority: 4 },
  { title: 'ENTRIES', min: 7, align: 'right', priority: 4 },
  { title: 'SUSPECTS', min: 8, align: 'right', priority: 5 },
  { title: 'MEM', min: 5, align: 'right', priority: 6 },
  { title: 'VERSION', min: 7, priority: 7 },
];

function table(fleet: readonly NodeSection<Olric>[]): Table {
  const rows = fleet.map(({ node, section }) => ({
    cells: [
      node.name,
      statusCell(section),
      shown(section.member_count, String),
      shown(section.coordinator, (name) => name),
      shown(section.partitions, String),
      shown(section.entries, count),
      section.unit === null ? ABSENT : shown(section.log_suspects_1h, String),
      section.unit === null ? ABSENT : shown(section.process_mem_mb, (mb) => `${mb}M`),
      shown(section.version, (version) => version),
    ],
  }));
  return { kind: 'table', columns: COLUMNS, count: String(rows.length), rows, note: '' };
}

function statusCell({ responsive, memberlist_up }: Olric): Cell {
  if (responsive === false) return { text: '✗ no answer', role: 'crit' };
  if (memberlist_up === false) return { text: '✗ cut off', role: 'crit' };
  return responsive === null || memberlist_up === null ? { text: '? unknown', role: 'muted' } : { text: '✓ answers', role: 'ok' };
}
