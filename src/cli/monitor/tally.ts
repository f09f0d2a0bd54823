import type { Finding } from '../../core/rule.ts';
import { count } from '../../core/units.ts';
import type { Verdict } from '../render/verdict.ts';
import { type Round, shownFindings, shownNodes } from './round.ts';
import { unreadCount } from './status.ts';

/** How many findings fire, by severity. Pending and muted ones are not counted. */
export function tally(findings: readonly Finding[]): { critical: number; warning: number; info: number } {
  const sum = { critical: 0, warning: 0, info: 0 };
  for (const { state, severity } of findings) if (state === 'firing') sum[severity] += 1;
  return sum;
}

/** The verdict on what a view shows: its findings, and the nodes of which something could not be read. */
export function verdictOf(round: Round): Verdict {
  const findings = shownFindings(round);
  const nodes = shownNodes(round);
  const silent = nodes.filter(
    (node) => node.report === null && !findings.some((each) => each.node === node.name && each.state === 'firing'),
  ).length;
  const partly = nodes.filter((node) => node.report !== null && unreadCount(node) > 0).length;
  const unread = [...(silent > 0 ? [`${count(silent)} not read`] : []), ...(partly > 0 ? [`${count(partly)} partly read`] : [])].join(', ');
  return { ...tally(findings), unread };
}
