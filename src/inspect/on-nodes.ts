import type { Report } from '../core/report.ts';
import type { NodeSnapshot, Snapshot } from '../core/snapshot.ts';
import type { DefinedCheck } from './defined-checks.ts';
import { notKnown } from './known.ts';
import { passedEvidence } from './passed-evidence.ts';
import type { Presence } from './presence.ts';
import type { Result } from './result.ts';
import { foundBy, headOf, outcomes, resultOf, type Seen } from './seen.ts';

/** Said of every check on a node that gave no report. */
export const SILENT = 'the node gave no report';

/** One result, or one for each subject, on every node that the check concerns. */
export function onNodes(check: DefinedCheck, snapshot: Snapshot, seen: Seen, there: Presence): Result[] {
  return snapshot.nodes.filter((node) => check.concerns?.(node) ?? true).flatMap((node) => onNode(check, node, seen, there));
}

function onNode(check: DefinedCheck, node: NodeSnapshot, seen: Seen, there: Presence): Result[] {
  const found = foundOn(check, node, seen);
  if (check.subsystem === 'ssh') return found.length > 0 ? found : [reached(check, node)];
  const isDone = found.length > 0 && check.subjects === undefined;
  const state = isDone ? 'absent' : stateOf(check, node, there);
  if (state === 'absent') return found;
  const reason = state === 'silent' ? SILENT : unheld(check, seen, node);
  if (reason === OFF) return found;
  if (reason !== null) return [...found, bare(check, { status: 'skip', message: reason, node: node.name })];
  return [...found, ...passedOn(check, node, found)];
}

/** What the monitor finds is never left out; a rule of the inspector's own says nothing where it makes no sense. */
function foundOn(check: DefinedCheck, node: NodeSnapshot, seen: Seen): Result[] {
  if (check.isOwn && check.concerns?.(node) === false) return [];
  return foundBy(check, seen, node.name).map((finding) => resultOf(check, finding));
}

function passedOn(check: DefinedCheck, node: NodeSnapshot, found: readonly Result[]): Result[] {
  if (check.subjects === undefined) return [passed(check, node, '')];
  const wrong = new Set(found.map(({ subject }) => subject));
  return subjectsOf(check, node).flatMap((subject) => (wrong.has(subject) ? [] : [passed(check, node, subject)]));
}

function passed(check: DefinedCheck, node: NodeSnapshot, subject: string): Result {
  const evidence = passedEvidence(node, check);
  const message = subject === '' ? evidence.answered : subject;
  return { ...bare(check, { status: 'pass', message, node: node.name }), ...headOf(check, subject), subject, evidence };
}

const OFF = 'off';

/** Why the check cannot pass on the node: it is not asked, its rules are switched off or could not look, or what it needs is not known. */
function unheld(check: DefinedCheck, seen: Seen, node: NodeSnapshot): string | null {
  if (check.unasked !== undefined) return check.unasked;
  const held = outcomes(check, seen, node.name);
  if (held.length === 0) return OFF;
  return held.find(({ outcome }) => outcome === 'skip')?.reason ?? notKnown(node, check);
}

function stateOf({ subsystem, concerns }: DefinedCheck, node: NodeSnapshot, there: Presence): 'silent' | 'absent' | 'there' {
  const { report } = node;
  if (concerns?.(node) === false) return 'absent';
  if (subsystem === 'report') return report === null ? 'silent' : 'there';
  if (report === null) return there(node, subsystem) ? 'silent' : 'absent';
  return hasSection(report, subsystem) ? 'there' : 'absent';
}

/** Whether the subsystem is on a node that gave this report, known or not; an empty list is nothing to check. */
export function hasSection(report: Report, subsystem: string): boolean {
  const section = report[subsystem];
  return (report.states[subsystem] ?? 'absent') !== 'absent' && !(Array.isArray(section) && section.length === 0);
}

function subjectsOf(check: DefinedCheck, { report }: NodeSnapshot): readonly string[] {
  const section = report?.[check.subsystem] ?? null;
  return check.subjects === undefined || section === null ? [] : check.subjects(section as never);
}

function reached(check: DefinedCheck, { name, report, host, failure }: NodeSnapshot): Result {
  if (report === null) return bare(check, { status: 'fail', message: failure?.message ?? SILENT, node: name });
  return bare(check, { status: 'pass', message: host === null ? 'this machine itself' : `${host} gave its report`, node: name });
}

/** A result with nothing but its sentence. */
export function bare(check: DefinedCheck, { status, message, node }: Pick<Result, 'status' | 'message' | 'node'>): Result {
  return { ...headOf(check, ''), status, message, node, subject: '', evidence: null, next: null, log: [], follows: null };
}
