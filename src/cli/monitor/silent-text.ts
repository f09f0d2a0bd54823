import { visible } from '../../core/clean.ts';
import { again } from './again.ts';
import { type Round, shownNodes } from './round.ts';
import type { Wants } from './wants.ts';

const NAMED = 3;

/** What is said on standard error where nodes gave no report: who, why, and the command that tells more. Empty if all did. */
export function silentText(round: Round, wants: Wants): string {
  const nodes = shownNodes(round);
  const silent = nodes.filter(({ report }) => report === null);
  if (silent.length === 0) return '';
  const named = silent.slice(0, NAMED).map(({ name, failure }) => `${visible(name)}: ${visible(failure?.message ?? 'gave no report')}`);
  const more = silent.length > NAMED ? [`${silent.length - NAMED} more`] : [];
  const one = silent.length === 1 ? ['--node', silent[0]?.name ?? ''] : [];
  return `ward: ${nodes.length - silent.length} of ${nodes.length} nodes answered; ${[...named, ...more].join('; ')}\n      Why: ${again(wants, 'alerts', one)}\n`;
}
