import type { Severity } from '../../core/rule.ts';
import { EXIT, type Exit } from '../../core/refusal.ts';
import { type Round, shownFindings, shownNodes } from './round.ts';
import type { FailOn } from './wants.ts';

const RANK: Record<Severity, number> = { critical: 3, warning: 2, info: 1 };

/** How a round ends a command: nothing read goes before partly read, that before findings. What is pending or muted never counts. */
export function exitOf(round: Round, failOn: FailOn): Exit {
  const nodes = shownNodes(round);
  const silent = nodes.filter(({ report }) => report === null).length;
  if (silent === nodes.length) return EXIT.nothing;
  if (silent > 0) return EXIT.partial;
  if (failOn === 'never') return EXIT.fine;
  const reached = shownFindings(round).some(({ state, severity }) => state === 'firing' && RANK[severity] >= RANK[failOn]);
  return reached ? EXIT.findings : EXIT.fine;
}
