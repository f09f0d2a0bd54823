import type { Evaluation } from '../core/evaluate.ts';
import { type Check, CLUSTER, type Finding } from '../core/rule.ts';
import type { DefinedCheck } from './defined-checks.ts';
import type { Result, Status } from './result.ts';

/** What the rules said, by rule and by node. */
export interface Seen {
  findings: ReadonlyMap<string, readonly Finding[]>;
  checks: ReadonlyMap<string, Check>;
}

const key = (rule: string, node: string) => `${rule}\0${node}`;

/** Sorts an evaluation so that each check finds its own without looking at the rest. */
export function byRule({ findings, checks }: Evaluation): Seen {
  return {
    findings: new Map([
      ...Map.groupBy(findings, ({ rule }) => key(rule, '')),
      ...Map.groupBy(findings, ({ rule, node }) => key(rule, node)),
    ]),
    checks: new Map(checks.map((check) => [key(check.rule, check.node), check])),
  };
}

/** What the rules of a check found on a node; on any of them where none is named. */
export function foundBy(check: DefinedCheck, { findings }: Seen, node: string | null): Finding[] {
  const { subject: wanted, ruleIds } = check;
  const isWanted = typeof wanted === 'function' ? wanted : (subject: string) => wanted === undefined || subject === wanted;
  return ruleIds.flatMap((rule) => findings.get(key(rule, node ?? '')) ?? []).filter(({ subject }) => isWanted(subject));
}

/** How the rules of a check came out on a node, or across the fleet; those that are switched off are not among them. */
export function outcomes(check: DefinedCheck, { checks }: Seen, node: string | null): Check[] {
  return check.ruleIds.flatMap((rule) => checks.get(key(rule, node ?? CLUSTER)) ?? checks.get(key(rule, CLUSTER)) ?? []);
}

/** A finding as the result of a check. Pending ones, and those that follow from others, warn at most. */
export function resultOf(check: DefinedCheck, finding: Finding): Result {
  const { message, node, subject, evidence, next, log, follows } = finding;
  const at = node === CLUSTER ? '' : node;
  return { ...headOf(check, subject), status: statusOf(check, finding), message, node: at, subject, evidence, next, log, follows };
}

function statusOf({ fails }: DefinedCheck, { severity, state }: Finding): Status {
  if (state !== 'firing' || severity === 'info') return 'warn';
  return severity === 'critical' || fails === true ? 'fail' : 'warn';
}

/** What a result has from its check alone. */
export function headOf({ id, name, subsystem, importance, order }: DefinedCheck, subject: string) {
  return { id: id.replace('*', subject), name: name.replace('*', subject), subsystem, importance, order };
}
