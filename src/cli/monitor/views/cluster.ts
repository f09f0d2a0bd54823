import type { Block, Table } from '../../../core/view.ts';
import { blockLines } from '../../render/blocks.ts';
import type { Line } from '../../render/line.ts';
import { own, span } from '../../render/line.ts';
import { again, filterWords } from '../again.ts';
import { alertsTable } from '../alerts-table.ts';
import { folded } from '../folded.ts';
import { calmLine, footLines } from '../foot.ts';
import { headLine } from '../head.ts';
import { clusterRows } from '../json/cluster-rows.ts';
import { nodesTable } from '../nodes-table.ts';
import { type Round, shownFindings, shownNodes } from '../round.ts';
import { verdictOf } from '../tally.ts';
import type { Drawing, View } from '../view.ts';

/** On a terminal the worst of them; `alerts` has all. */
const MOST_ALERTS = 40;

/** The whole fleet: a row for each node, a sentence for each finding. */
export const cluster: View = {
  failOn: 'never',
  json: (round) => clusterRows(round),
  page(round, drawing) {
    const { terminal, wants } = drawing;
    const options = { names: new Set(round.snapshot.nodes.map(({ name }) => name)), all: wants.all };
    const findings = shownFindings(round);
    const muted = findings.filter(({ state }) => state === 'muted').length;
    const shown = wants.all ? findings : findings.filter(({ state }) => state !== 'muted');
    const lines = (block: Block) => blockLines(terminal, [block], options);
    return [
      [headLine(round, drawing)],
      lines(nodesTable(round)),
      shown.length === 0 ? calm(round) : alerts(alertsTable(folded(shown, wants)), drawing, lines),
      findings.length === 0 ? [] : footLines(terminal, wants.all ? 0 : muted, again(wants, 'alerts', filterWords(wants))),
    ];
  },
};

function calm(round: Round): Line[] {
  const read = shownNodes(round).filter(({ report }) => report !== null).length;
  return read === 0 ? [[own('No node was read, so nothing can be said.')]] : [calmLine(read, verdictOf(round).unread === '')];
}

function alerts(table: Table, { terminal, wants }: Drawing, lines: (block: Block) => Line[]): Line[] {
  const more = table.rows.length - MOST_ALERTS;
  if (terminal.width === null || wants.all || more <= 0) return lines(table);
  return [...lines({ ...table, rows: table.rows.slice(0, MOST_ALERTS) }), [span(terminal, `and ${more} more; --all lists them.`, 'muted')]];
}
