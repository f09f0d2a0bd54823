import { onceFor } from '../../core/once-for.ts';
import type { NodeSection } from '../../core/rule.ts';
import type { Columns } from '../../core/subsystem.ts';
import type { Steps } from '../../core/steps.ts';
import { listed, many } from '../../core/units.ts';
import { ABSENT, type Block, type Cell, shown, type Table, UNKNOWN } from '../../core/view.ts';
import { containersTable, fleetTable, type Ranked, rowsOn } from './container-table.ts';
import type { Containers } from './section.ts';
import { type Standing, standingOf } from './standing.ts';
import { recently } from './trouble.ts';

/** How containers show: a share of those that are well on each node, one row each across the fleet. */
export const columns: Columns<Containers> = {
  summary,
  nodes: [{ title: 'CONT', min: 5, max: 10, align: 'right', priority: 4, cell: shareCell }],
  page: ({ section }) => page(section),
  fleet: fleetTables,
};

/** Every container of the fleet, those that are not well first, then by memory. */
function* fleetTables(fleet: readonly NodeSection<Containers>[]): Steps<Table[]> {
  if (fleet.length === 0) return [];
  const rows: Ranked[] = [];
  for (const { node, section } of fleet) {
    rows.push(...rowsOn({ node, section, standings: standings(section) ?? [] }));
    yield;
  }
  return [fleetTable(rows, fleet.length)];
}

/** Null where the containers were not read. */
const standings = onceFor((section: Containers): readonly Standing[] | null => {
  const recentOf = recently(section);
  return section.containers?.map((container) => standingOf(container, recentOf(container.id))) ?? null;
});

/** `37/39`, hot where one is not well. */
function shareCell(section: Containers): Cell {
  const all = standings(section)?.filter(({ counts }) => counts);
  if (all === undefined) return UNKNOWN;
  if (all.length === 0) return ABSENT;
  const well = all.filter((each) => each.well).length;
  return { text: `${well}/${all.length}`, role: well === all.length ? 'plain' : 'hot-warn' };
}

/** `37 of 39 containers well; shop-web unhealthy and notes-api unhealthy`. */
function summary({ section }: NodeSection<Containers>): Cell {
  const all = standings(section);
  if (all === null) return { text: 'Containers not read', role: 'muted' };
  if (all.length === 0) return `No containers; ${enginesIn(section)}`;
  const counting = all.filter(({ counts }) => counts);
  const wrong = counting.filter(({ well }) => !well);
  const named = wrong.slice(0, 2).map(({ container: { name }, word }) => `${name} ${word.slice(2)}`);
  const bad = listed([...named, ...(wrong.length > 2 ? [`${wrong.length - 2} more`] : [])]);
  const begin =
    counting.length === 0
      ? `none of ${many(all.length, 'container')} runs`
      : `${counting.length - wrong.length} of ${many(counting.length, 'container')} well`;
  return { text: bad === '' ? `${begin}; ${enginesIn(section)}` : `${begin}; ${bad}`, role: wrong.length === 0 ? 'plain' : 'warn' };
}

function enginesIn({ engines }: Containers): string {
  const names = engines.flatMap(({ version }) => (version === null ? [] : [`${version.name} ${version.version}`]));
  return names.length === 0 ? 'the engine does not say its version' : listed(names);
}

function page(section: Containers): Block[] {
  const all = standings(section);
  return [
    { kind: 'fact', label: 'Engine', value: enginesIn(section) },
    all === null ? { kind: 'fact', label: 'Containers', value: shown(null, String) } : containersTable(section, all),
    ...(all ?? []).flatMap(probeFacts),
  ];
}

/** What the last probe of an unhealthy one said. */
function probeFacts({ container: { name, health }, word }: Standing): Block[] {
  const last = health?.probes?.at(-1);
  if (word !== '! unhealthy' || last === undefined) return [];
  return [{ kind: 'fact', label: name, value: last.output === '' ? `exit ${last.exit_code}` : last.output }];
}
