import type { NodeSection } from '../../../core/rule.ts';
import { asSteps, atOnce, type Steps } from '../../../core/steps.ts';
import type { Registered } from '../../../core/subsystem.ts';
import { listed, many } from '../../../core/units.ts';
import type { Row, Table } from '../../../core/view.ts';
import { blockLines } from '../../render/blocks.ts';
import { type Line, own, span } from '../../render/line.ts';
import type { Terminal } from '../../render/terminal.ts';
import { hanging } from '../../render/wrap.ts';
import { again, filterWords } from '../again.ts';
import { footLines } from '../foot.ts';
import { headLine } from '../head.ts';
import { sectionObjects } from '../json/section-objects.ts';
import { findingsOf, type Round, shownFindings, shownNodes } from '../round.ts';
import { sectionAt, summaryOf } from '../sections.ts';
import { statusCell, subsystemStatus } from '../status.ts';
import { tableOfShown } from '../shown-table.ts';
import type { View } from '../view.ts';

/** The view of one subsystem across the fleet: the tables that it defines itself. */
export function subsystemView(subsystem: Registered): View {
  return {
    failOn: 'never',
    json: (round) => sectionObjects(subsystem, round),
    page(round, drawing) {
      const { terminal, wants } = drawing;
      const names = new Set(round.snapshot.nodes.map(({ name }) => name));
      const tables = atOnce(tablesOf(subsystem, round)).map((table) => tableOfShown(table, names, round.shown));
      const findings = shownFindings(round);
      const muted = findings.filter(({ state }) => state === 'muted').length;
      return [
        [headLine(round, drawing)],
        ...(tables.length === 0
          ? [[[own(nothingOf(subsystem, round))]]]
          : tables.map((table) => blockLines(terminal, [table], { names, all: wants.all }))),
        unread(terminal, subsystem, round),
        findings.length === 0 ? [] : footLines(terminal, muted, again(wants, 'alerts', filterWords(wants))),
      ];
    },
  };
}

/** Drawn from the whole fleet, so that a filtered view says the same of its nodes; one that defines no table gets a line for each node. */
export function* tablesOf(subsystem: Registered, round: Round): Steps<readonly Table[]> {
  const { snapshot } = round;
  const fleet = snapshot.nodes.flatMap((node) => sectionAt(subsystem, node, snapshot) ?? []);
  const { fleet: own } = subsystem.columns;
  if (own === undefined) return fleet.length === 0 ? [] : [linesTable(subsystem, fleet, round)];
  try {
    return yield* asSteps(own(fleet, snapshot));
  } catch {
    return [];
  }
}

function linesTable(subsystem: Registered, fleet: readonly NodeSection<never>[], round: Round): Table {
  const rows = fleet.map(
    (at): Row => ({
      cells: [at.node.name, statusCell(subsystemStatus(at.node, subsystem.name, findingsOf(round, at.node.name)))],
      across: summaryOf(subsystem, at),
    }),
  );
  return {
    kind: 'table',
    columns: [
      { title: subsystem.title, min: 8, max: 24, priority: 1 },
      { title: 'STATUS', min: 13, priority: 1 },
    ],
    count: String(rows.length),
    rows,
    note: '',
  };
}

/** `No containers on the 5 nodes read.` */
export function nothingOf({ title, noun }: Registered, round: Round): string {
  const read = shownNodes(round).filter(({ report }) => report !== null).length;
  return read === 0 ? 'No node was read.' : `No ${noun ?? title} on the ${many(read, 'node')} read.`;
}

function unread(terminal: Terminal, { name }: Registered, round: Round): Line[] {
  const missing = shownNodes(round).filter(
    ({ report }) => report === null || report.states[name] === 'unknown' || report.states[name] === undefined,
  );
  if (missing.length === 0) return [];
  const told = missing.slice(0, 5).map(({ name: node, failure, report }) => {
    const why = failure?.message ?? report?.unknown.find(({ path }) => path === name)?.reason ?? 'its report does not have this';
    return `${node} (${why})`;
  });
  const more = missing.length > 5 ? [`${missing.length - 5} more`] : [];
  const text = span(terminal, `Not read: ${listed([...told, ...more])}.`).text;
  return hanging(text, terminal.width).map((part) => [own(part, 'muted')]);
}
