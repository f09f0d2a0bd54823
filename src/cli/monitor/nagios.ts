import { visible } from '../../core/clean.ts';
import { many } from '../../core/units.ts';
import { type Round, shownFindings, shownNodes } from './round.ts';
import { tally, verdictOf } from './tally.ts';

/** One line as a Nagios plugin prints it, and its exit code: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. */
export function nagiosLine(round: Round): { line: string; exit: 0 | 1 | 2 | 3 } {
  const nodes = shownNodes(round);
  const { critical, warning, info } = tally(shownFindings(round));
  const failed = nodes.filter(({ report }) => report === null).length;
  const exit = critical > 0 ? 2 : warning > 0 ? 1 : verdictOf(round).unread !== '' ? 3 : 0;
  const [worst] = shownFindings(round).filter(({ state }) => state === 'firing');
  const said = worst === undefined ? 'nothing is wrong' : `${worst.node}: ${worst.message}`;
  const figures = `critical=${critical};;1;0 warning=${warning};1;;0 info=${info};;;0 nodes=${nodes.length};;;0 failed=${failed};;;0`;
  return {
    line: `${nagiosText(exit, `${critical} critical, ${many(warning, 'warning')} on ${many(nodes.length, 'node')}; ${said}`)} | ${figures}`,
    exit,
  };
}

const STATES = ['OK', 'WARNING', 'CRITICAL', 'UNKNOWN'] as const;

/** The text before the figures; the sign that parts them is not in it. */
export function nagiosText(exit: 0 | 1 | 2 | 3, text: string): string {
  return `WARD ${STATES[exit]} - ${visible(text).replaceAll('|', '/')}`;
}
