import type { NodeSnapshot } from '../core/snapshot.ts';
import type { DefinedCheck } from './defined-checks.ts';

/** The part of a report that a check looks at: its section, or the report itself for what concerns it as such. */
export function partOf({ report }: NodeSnapshot, subsystem: string): Readonly<Record<string, unknown>> | null {
  if (report === null) return null;
  return report.states[subsystem] === undefined ? report : ((report[subsystem] as Record<string, unknown> | null) ?? null);
}

/** Why a check cannot pass on this node though nothing was found: something it needs was not read. Null if all is known. */
export function notKnown(node: NodeSnapshot, check: DefinedCheck): string | null {
  const part = partOf(node, check.subsystem);
  if (part === null) return reasonOf(node, check.subsystem);
  const base = node.report?.states[check.subsystem] === undefined ? '' : check.subsystem;
  const missing = (check.needs ?? check.ruleNeeds).find((path) => !path.includes('[') && valueAt(part, path) === null);
  if (missing !== undefined) return reasonOf(node, joined(base, missing));
  const isNeeded = neededPath(check, base);
  return node.report?.unknown.find(({ path, kind }) => kind !== 'absent' && isNeeded(path))?.reason ?? null;
}

/** Whether a path of the report is one that the check needs: as it names them, else anything within what its rules need. */
function neededPath({ needs, ruleNeeds }: DefinedCheck, base: string): (path: string) => boolean {
  const wanted = (needs ?? ruleNeeds).map((need) => joined(base, need));
  if (needs !== undefined) return (path) => wanted.includes(path.replaceAll(/\[[^\]]*\]/g, '[]'));
  return (path) => (wanted.length === 0 ? [base] : wanted).some((need) => startsPart(path, need));
}

function valueAt(part: Readonly<Record<string, unknown>>, path: string): unknown {
  return path.split('.').reduce<unknown>((from, name) => (from as Record<string, unknown> | null)?.[name] ?? null, part);
}

function reasonOf({ report }: NodeSnapshot, path: string): string {
  return report?.unknown.find((entry) => entry.path === path)?.reason ?? `${path} is not known`;
}

function startsPart(path: string, base: string): boolean {
  return path === base || path.startsWith(`${base}.`) || path.startsWith(`${base}[`);
}

function joined(base: string, path: string): string {
  return base === '' || path.startsWith('[') ? base + path : `${base}.${path}`;
}
