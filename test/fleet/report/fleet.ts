import { type Evaluation, evaluate } from '../../../src/core/evaluate.ts';
import type { Report } from '../../../src/core/report.ts';
import type { NodeSnapshot, Snapshot } from '../../../src/core/snapshot.ts';
import { type Read, readReport } from '../../../src/fleet/report/read-report.ts';
import { FLEET_RULES } from '../../../src/fleet/rules.ts';
import { SUBSYSTEMS } from '../../../src/subsystems/all.gen.ts';

/** When the plain report was made. */
const MADE_AT_MS = Date.parse('2026-02-16T12:00:00.000Z');

/** A report of ward with nothing wrong in its frame; sections are added by the test. */
export function plainReport(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    schema_version: 1,
    timestamp: '2026-02-16T12:00:00.000Z',
    hostname: 'h',
    version: '0.1.0',
    profile: 'default',
    expected: [],
    collect_ms: 50,
    errors: [],
    states: {},
    unknown: [],
    ...more,
  };
}

/** The report that comes of a value, or the reading's refusal. */
export function read(value: unknown): Read {
  return readReport(typeof value === 'string' ? value : JSON.stringify(value));
}

/** The report, where one must come of it. */
export function taken(value: unknown): Report {
  const result = read(value);
  if (result.kind === 'refused') throw new Error(result.message);
  return result.report;
}

/** A node with what it answered. */
export function node(
  name: string,
  answer: Pick<Partial<NodeSnapshot>, 'report' | 'failure' | 'via' | 'profile' | 'role'> & { at_ms?: number },
): NodeSnapshot {
  const at = answer.at_ms ?? MADE_AT_MS;
  return {
    name,
    host: name,
    environment: null,
    role: 'node',
    tags: [],
    groups: [],
    via: 'ward',
    profile: 'default',
    report: null,
    failure: null,
    asked_at_ms: at,
    answered_at_ms: at + 100,
    notes: [],
    ...answer,
  };
}

/** All findings of a fleet, as `severity rule node subject`, muted ones marked. */
export function findings(nodes: NodeSnapshot[], more: Partial<Snapshot> = {}): string[] {
  return evaluated(nodes, more).findings.map(
    ({ severity, rule, node: at, subject, state }) => `${severity} ${rule} ${at} ${subject}${state === 'firing' ? '' : ` ${state}`}`,
  );
}

/** All that the rules say of a fleet. */
export function evaluated(nodes: NodeSnapshot[], more: Partial<Snapshot> = {}): Evaluation {
  return evaluate({ environment: null, taken_at_ms: 0, duration_ms: 0, nodes, ...more }, [...FLEET_RULES, ...SUBSYSTEMS], []);
}
