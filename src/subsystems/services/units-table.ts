import { onceFor } from '../../core/once-for.ts';
import type { NodeSection } from '../../core/rule.ts';
import type { NodeSnapshot, Snapshot } from '../../core/snapshot.ts';
import type { Steps } from '../../core/steps.ts';
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
export function* unitsTable(fleet: readonly NodeSection<Services>[], snapshot: Snapshot): Steps<Table[]> {
  if (fleet.length === 0) return [];
  const sections = new Map(fleet.map(({ node, section }) => [node, section]));
  const sides: Side[] = [];
  const counted = new Map<string, Tally>();
  for (const node of snapshot.nodes) {
    const own = sideOf(node, sections.get(node));
    sides.push(...own);
    for (const side of own) count(side, counted);
    yield;
  }
  const tallies = [...counted].filter(([, { seen }]) => seen);
  const columns = sides.length <= MOST ? sides : sides.filter(isTroubled).slice(0, MOST);
  const isMissing = ([, { active, counting }]: (typeof tallies)[number]) => active < counting;
  const ordered = [...tallies.filter(isMissing), ...tallies.filter((each) => !isMissing(each))];
  return [
    {
      kind: 'table',
      columns: [
        { title: 'Units', min: 14, max: 24, priority: 1 },
        { title: 'ACTIVE', min: 6, priority: 1 },
        ...columns.map(({ node }): Column => ({ title: node.name, min: 8, max: 16, priority: 2 })),
      ],
      count: String(ordered.length),
      rows: ordered.map(([name, tally]) => row(name, tally, columns)),
      note: noteOf(fleet, sides.length - columns.length),
    },
  ];
}

/** A node without systemd has no column; one that did not answer has one of question marks. */
function sideOf(node: NodeSnapshot, section: Services | undefined): Side[] {
  if (section !== undefined) return [{ node, units: unitsOf(section) }];
  return node.report?.states['services'] === 'absent' ? [] : [{ node, units: null }];
}

const unitsOf = onceFor((section: Services): ReadonlyMap<string, Standing> => new Map(standings(section).map((unit) => [unit.name, unit])));

/** A unit across the fleet. */
interface Tally {
  /** It is more than installed somewhere. */
  seen: boolean;
  /** On how many nodes it counts as one that should run, and does. */
  counting: number;
  active: number;
}

function count({ units }: Side, tallies: Map<string, Tally>): void {
  for (const [name, { word, counts, active }] of units ?? []) {
    const tally = tallies.get(name) ?? { seen: false, counting: 0, active: 0 };
    tallies.set(name, tally);
    if (word !== '–') tally.seen = true;
    if (counts) tally.counting += 1;
    if (counts && active) tally.active += 1;
  }
}

function isTroubled({ units }: Side): boolean {
  for (const { counts, active } of units?.values() ?? []) if (counts && !active) return true;
  return false;
}

function row(name: string, { active, counting }: Tally, columns: readonly Side[]): Row {
  const share = `${active} of ${counting}`;
  return { cells: [name, active === counting ? share : { text: share, role: 'hot-warn' }, ...columns.map((side) => cell(side, name))] };
}

function cell(side: Side, name: string): Cell {
  if (side.units === null) return UNKNOWN;
  const unit = side.units.get(name);
  return unit === undefined ? ABSENT : { text: unit.word, role: unit.role };
}

function noteOf(fleet: readonly NodeSection<Services>[], left: number): string {
  const known = fleet.filter(({ section }) => section.failed_units !== null);
  const failed = known.some(({ section }) => (section.failed_units ?? []).length > 0);
  return [
    ...(failed || known.length === 0 ? [] : [`No failed units on the ${many(known.length, 'node')} read.`]),
    ...(left === 0 ? [] : [`${many(left, 'node')} without a problem have no column here.`]),
  ].join(' ');
}
