import type { Network } from './section.ts';

/** So much of what TCP sends, in percent, and of at least so many segments: a lost one of few says nothing. */
export const LOSSY = { again_pct: 5, least_segments: 200 };

/** Whether TCP sent enough to judge by; a report of the original program does not say how much. */
export function sentEnough({ tcp_segments_new: sent }: Network, { least_segments } = LOSSY): boolean {
  return sent === null || sent >= least_segments;
}

/** Whether TCP has to send too much again. */
export function isLossy(section: Network, levels = LOSSY): boolean {
  return (section.tcp_retrans_pct ?? 0) > levels.again_pct && sentEnough(section, levels);
}
