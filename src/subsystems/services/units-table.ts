import type { NodeSection } from '../../core/rule.ts';
import type { NodeSnapshot, Snapshot } from '../../core/snapshot.ts';
import { many } from '../../core/units.ts';
import { ABSENT, type Cell, type Column, type Row, type Table, UNKNOWN } from '../../core/view.ts';
import type { Services } from './section.ts';
import { type Standing, standings } from './standing.ts';

/** More columns make no table that one can read: then only nodes with a problem have one. */
const MOST = 12;

/** A node with its units by name; null where it gave no report. */
interface Side {
  node: NodeSnapshot;
  units: ReadonlyMap<string, Standing> | null;
}

/** Units against nodes: what runs where, and where it should and does not. */
export function unitsTable(fleet: readonly NodeSection<Services>[], snapshot: Snapshot): Table[] {
  if (fleet.length === 0) return [];
  const sides = snapshot.nodes.flatMap((node) => sideOf(node, fleet));
  const names = [...new Set(sides.flatMap(({ units }) => [...(units?.keys() ?? [])]))].filter((name) =>
    sides.some((side) => unitAt(side, name)?.word !== '–' && unitAt(side, name) !== null),
  );
  const columns = sides.length <= MOST ? sides : sides.filter((side) => names.some((name) => isWrong(unitAt(side, name)))).slice(0, MOST);
  const wrong = names.filter((name) => sides.some((side) => isWrong(unitAt(side, name))));
  const ordered = [...wrong, ...names.filter((name) => !wrong.includes(name))];
  return [
    {
      kind: 'table',
      columns: [
        { title: 'Units', min: 14, max: 24, priority: 1 },
        { title: 'ACTIVE', min: 6, priority: 1 },
        ...columns.map(({ node }): Column => ({ title: node.name, min: 8, max: 16, priority: 2 })),
      ],
      count: String(names.length),
      rows: ordered.map((name) => row(name, sides, columns)),
      note: noteOf(fleet, sides.length - columns.length),
    },
  ];
}

/** A node without systemd has no column; one that did not answer has one of question marks. */
function sideOf(node: NodeSnapshot, fleet: readonly NodeSection<Services>[]): Side[] {
  const section = fleet.find((each) => each.node === node)?.section;
  if (section !== undefined) return [{ node, units: new Map(standings(section).map((unit) => [unit.name, unit])) }];
  return node.report?.states['services'] === 'absent' ? [] : [{ node, units: null }];
}

function unitAt({ units }: Side, name: string): Standing | null {
  return units?.get(name) ?? null;
}

function isWrong(unit: Standing | null): boolean {
  return unit?.counts === true && !unit.active;
}

function row(name: string, sides: readonly Side[], columns: readonly Side[]): Row {
  const counting = sides.flatMap((side) => unitAt(side, name) ?? []).filter(({ counts }) => counts);
  const active = counting.filter((unit) => unit.active).length;
  const share = `${active} of ${counting.length}`;
  return {
    cells: [name, active === counting.length ? share : { text: share, role: 'hot-warn' }, ...columns.map((side) => cell(side, name))],
  };
}

function cell(side: Side, name: string): Cell {
  if (side.units === null) return UNKNOWN;
  const unit = unitAt(side, name);
  return unit === null ? ABSENT : { text: unit.word, role: unit.role };
}

function noteOf(fleet: readonly NodeSection<Services>[], left: number): string {
  const known = fleet.filter(({ section }) => section.failed_units !== null);
  const failed = known.some(({ section }) => (section.failed_units ?? []).length > 0);
  return [
    ...(failed || known.length === 0 ? [] : [`No failed units on the ${many(known.length, 'node')} read.`]),
    ...(left === 0 ? [] : [`${many(left, 'node')} without a problem have no column here.`]),
  ].join(' ');
}
