import type { Failure, NodeSnapshot } from '../core/snapshot.ts';
import type { NodeConfig } from './node-config.ts';
import { readReport } from './report/read-report.ts';

/** A node by a report that somebody else asked it for, read with the same care as what a node sends; its time is the report's own. */
export function snapshotOfText({ name, host, environment, role, tags, groups }: NodeConfig, text: string): NodeSnapshot {
  const base = { ...{ name, host, environment, role, tags, groups }, notes: [], asked_at_ms: 0, answered_at_ms: 0 };
  const without = (failure: Failure): NodeSnapshot => ({ ...base, via: 'ward', profile: 'default', report: null, failure });
  const failure = failureIn(text);
  if (failure !== null) return without(failure);
  const read = readReport(text);
  if (read.kind === 'refused') return without({ cause: read.cause, message: read.message, next: 'sudo ward node report --json' });
  const at_ms = Date.parse(read.report.timestamp) || 0;
  const profile = read.report.profile === 'orama' ? 'orama' : 'default';
  return {
    ...base,
    via: read.via,
    profile,
    report: read.report,
    failure: null,
    asked_at_ms: at_ms,
    answered_at_ms: at_ms + read.report.collect_ms,
  };
}

/** `{"failure": {"cause": …, "message": …, "next": …}}` stands for a node that gave no report. */
function failureIn(text: string): Failure | null {
  if (!/^\s*\{\s*"failure"/.test(text)) return null;
  try {
    const { failure } = JSON.parse(text) as { failure: Partial<Failure> };
    return { cause: failure.cause ?? 'other', message: String(failure.message ?? 'gave no report'), next: String(failure.next ?? '') };
  } catch {
    return null;
  }
}
