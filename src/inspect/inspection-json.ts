import type { Inspected } from './report.ts';
import { RANK, type Result, totals } from './result.ts';

/** The original's document, with what ward knows beyond it added. */
export function inspectionJson({ snapshot, results, ai }: Inspected): object {
  const { pass, fail, warn, skip } = totals(results);
  return {
    summary: {
      ...{ passed: pass, failed: fail, warned: warn, skipped: skip, total: results.length },
      duration_seconds: snapshot.duration_ms / 1000,
      environment: snapshot.environment,
      collected_at: new Date(snapshot.taken_at_ms).toISOString(),
      node_count: snapshot.nodes.length,
    },
    checks: results.map(checkJson),
    ...(ai.length === 0 ? {} : { ai }),
  };
}

/** The original's severity is a number: 3 is critical, 0 low. */
function checkJson({ id, name, subsystem, importance, status, message, node, ...more }: Result): object {
  const { subject, evidence, next, log, follows } = more;
  return { id, name, subsystem, severity: RANK[importance], status, message, node, importance, subject, evidence, next, log, follows };
}
