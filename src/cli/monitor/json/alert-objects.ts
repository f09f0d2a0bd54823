import type { Finding } from '../../../core/rule.ts';

/** A finding as it stands in JSON: the original's four keys first, then ours. */
function alertObject(finding: Finding): object {
  const { severity, subsystem, node, message, rule, subject, state, evidence, log, next, follows } = finding;
  return { severity, subsystem, node, message, rule, subject, state, evidence, log, next, follows };
}

/** Those that count, worst first; the muted ones behind them if asked for. */
export function alertObjects(findings: readonly Finding[], all: boolean): object[] {
  const muted = all ? findings.filter(({ state }) => state === 'muted') : [];
  return [...findings.filter(({ state }) => state !== 'muted'), ...muted].map(alertObject);
}
