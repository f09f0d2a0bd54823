import type { Evaluation } from '../core/evaluate.ts';
import { type Check, CLUSTER, type Finding } from '../core/rule.ts';
import type { DefinedCheck } from './defined-checks.ts';
import type { Result, Status } from './result.ts';

/** What the rules said, by rule and within that by node. */
export interface Seen {
  findings: ReadonlyMap<string, ReadonlyMap<string, readonly Finding[]>>;
  checks: ReadonlyMap<string, ReadonlyMap<string, Check>>;
}

/** Sorts an evaluation so that each check finds its own without looking at the rest. */
export function byRule({ findings, checks }: Evaluation): Seen {
  const byNode = (list: readonly Finding[]) => Map.groupBy(list, ({ node }) => node);
  const oneByNode = (list: readonly Check[]) => new Map(list.map((check) => [check.node, check]));
  return {
    findings: new Map([...Map.groupBy(findings, ({ rule }) => rule)].map(([rule, list]) => [rule, byNode(list)])),
    checks: new Map([...Map.groupBy(checks, ({ rule }) => rule)].map(([rule, list]) => [rule, oneByNode(list)])),
  };
}

/** What the rules of a check found on a node; on any of them where none is named. */
export function foundBy(check: DefinedCheck, { findings }: Seen, node: string | null): Finding[] {
  const { subject: wanted, ruleIds } = check;
  const isWanted = typeof wanted === 'function' ? wanted : (subject: string) => wanted === undefined || subject === wanted;
  return ruleIds.flatMap((rule) => {
    const byNode = findings.get(rule);
    if (byNode === undefined) return [];
    return (node === null ? [...byNode.values()].flat() : (byNode.get(node) ?? [])).filter(({ subject }) => isWanted(subject));
  });
}

/** How the rules of a check came out on a node, or across the fleet; those that are switched off are not among them. */
export function outcomes(check: DefinedCheck, { checks }: Seen, node: string | null): Check[] {
  return check.ruleIds.flatMap((rule) => {
    const byNode = checks.get(rule);
    return byNode?.get(node ?? CLUSTER) ?? byNode?.get(CLUSTER) ?? [];
  });
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
