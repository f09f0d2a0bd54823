import type { NodeSection } from '../../core/rule.ts';
import type { Columns } from '../../core/subsystem.ts';
import { listed, many } from '../../core/units.ts';
import { ABSENT, type Block, type Cell, type Column, type Table } from '../../core/view.ts';
import { byName, PROGRAMS, standingOf } from './programs.ts';
import type { Namespace, Namespaces } from './section.ts';

/** How namespaces show: each against the nodes that have it. */
export const columns: Columns<Namespaces> = {
  summary: ({ section }) => summary(section),
  page: ({ section }) => page(section),
  fleet: (fleet) => tables(fleet),
};

/** `anchat: gateway down; 4 others up`. */
function summary(section: Namespaces): Cell {
  if (section.length === 0) return { text: 'none', role: 'faint' };
  const bad = section.filter((each) => standingOf(each).down.length > 0);
  const unread = section.filter((each) => standingOf(each).unknown.length > 0);
  if (bad.length === 0)
    return unread.length === 0
      ? `${many(section.length, 'namespace')} up`
      : { text: `${many(unread.length, 'namespace')} not read`, role: 'muted' };
  const told = bad.slice(0, 2).map((each) => `${each.name}: ${listed(standingOf(each).down)} down`);
  const more = bad.length > 2 ? [`${bad.length - 2} more`] : [];
  return { text: [...told, ...more].join('; '), role: 'warn' };
}

function page(section: Namespaces): Block[] {
  return section.map((each) => ({ kind: 'fact', label: each.name, value: factOf(each) }));
}

function factOf(namespace: Namespace): Cell {
  const block = namespace.port_base === null ? '' : `, ports from ${namespace.port_base}`;
  const state = namespace.rqlite_state === null ? '' : `, rqlite ${namespace.rqlite_state}`;
  const cell = cellOf(namespace);
  return typeof cell === 'string' ? `${cell}${state}${block}` : { ...cell, text: `${cell.text}${state}${block}` };
}

/** More nodes than this make no matrix that one can read. */
const MOST = 12;

function tables(fleet: readonly NodeSection<Namespaces>[]): Table[] {
  const names = byName(fleet);
  const nodes = fleet.filter(({ section }) => section.length > 0).map(({ node }) => node.name);
  if (names.size === 0) return [];
  const troubles = new Map(
    fleet.map(({ node, section }) => [node.name, section.filter((each) => standingOf(each).down.length > 0).length]),
  );
  const shown = [...nodes].sort((a, b) => (troubles.get(b) ?? 0) - (troubles.get(a) ?? 0)).slice(0, MOST);
  const columns: Column[] = [
    { title: 'Namespaces', min: 12, max: 24, priority: 1 },
    { title: 'UP', min: 6, priority: 1 },
    ...shown.map((title): Column => ({ title, min: 8, max: 16, priority: 2 })),
  ];
  const rows = [...names].map(([name, at]) => ({
    cells: [
      name,
      upCell(at.map(({ namespace }) => namespace)),
      ...shown.map((node) => nodeCell(at.find((each) => each.node === node)?.namespace)),
    ],
  }));
  const note = nodes.length > MOST ? `${MOST} of ${nodes.length} nodes are shown, those with trouble first.` : '';
  return [{ kind: 'table', columns, count: String(rows.length), rows, note }];
}

/** Of the nodes that have it, those on which all of it is up. */
function upCell(all: readonly Namespace[]): Cell {
  const up = all.filter((each) => PROGRAMS.every(([, field]) => each[field] === true)).length;
  const text = `${up} of ${all.length}`;
  return up === all.length ? text : { text, role: 'warn' };
}

function nodeCell(namespace: Namespace | undefined): Cell {
  return namespace === undefined ? ABSENT : cellOf(namespace);
}

function cellOf(namespace: Namespace): Cell {
  const { down, unknown } = standingOf(namespace);
  if (down.length === PROGRAMS.length) return { text: 'down', role: 'hot-crit' };
  if (down.length === 1) return { text: `${down[0]} down`, role: 'hot-warn' };
  if (down.length > 1) return { text: `${PROGRAMS.length - down.length} of ${PROGRAMS.length} up`, role: 'hot-warn' };
  if (unknown.length > 0) return { text: '?', role: 'muted' };
  return namespace.rqlite_ready === false ? { text: 'not ready', role: 'hot-warn' } : { text: 'ok', role: 'ok' };
}
