import { count, many } from '../../core/units.ts';
import { clockTime } from '../render/clock-text.ts';
import { gap, type Line, own, span } from '../render/line.ts';
import type { PageLine } from '../render/page.ts';
import type { Terminal } from '../render/terminal.ts';
import { verdictLine } from '../render/verdict.ts';
import { isFiltered, type Round, shownNodes } from './round.ts';
import { tally, verdictOf } from './tally.ts';
import type { Drawing } from './view.ts';

/** The first line of every view: verdict; environment, who answered, how long it took, and when. */
export function headLine(round: Round, { terminal, wants }: Drawing): PageLine {
  const { time, zone } = clockTime(round.snapshot.taken_at_ms, wants.utc);
  return {
    left: verdictLine(terminal, verdictOf(round)),
    right: [...answered(terminal, round), gap(3), own(time), gap(1), own(zone, 'muted')],
  };
}

function answered(terminal: Terminal, round: Round): Line {
  const { snapshot, findings } = round;
  const where = snapshot.environment === null ? '' : `${snapshot.environment}`;
  if (isFiltered(round)) {
    const { critical, warning } = tally(findings);
    return [
      span(terminal, `${where === '' ? '' : `${where}; `}the fleet: ${count(critical)} critical, ${many(warning, 'warning')}`, 'muted'),
    ];
  }
  const nodes = shownNodes(round);
  const there = nodes.filter(({ report }) => report !== null).length;
  const said =
    nodes.length === 1 && nodes[0]?.host === null
      ? 'this machine, read in '
      : `${count(there)} of ${many(nodes.length, 'node')} answered in `;
  return [span(terminal, `${where === '' ? '' : `${where}, `}${said}`, 'muted'), own(`${(snapshot.duration_ms / 1000).toFixed(1)} s`)];
}
