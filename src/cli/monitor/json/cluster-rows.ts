import type { Report } from '../../../core/report.ts';
import { findingsOf, type Round, shownNodes } from '../round.ts';
import { nodeStatus } from '../status.ts';
import { tally } from '../tally.ts';
import { nodeFacts } from './node-facts.ts';

/** One row a node: the original's keys first, then ours. Null is not known or not there. */
export function clusterRows(round: Round): object[] {
  return shownNodes(round).map((node) => {
    const findings = findingsOf(round, node.name);
    const { report } = node;
    return {
      ...nodeFacts(node),
      mem_pct: numberAt(report, 'system', 'mem_use_pct'),
      disk_pct: numberAt(report, 'system', 'disk_use_pct'),
      rqlite_state: textAt(report, 'rqlite', 'raft_state'),
      wg_up: flagAt(report, 'wireguard', 'interface_up'),
      services: servicesText(report),
      status: nodeStatus(node, findings),
      environment: node.environment,
      tags: node.tags,
      via: node.via,
      cpu_pct: numberAt(report, 'system', 'cpu_use_pct'),
      steal_pct: numberAt(report, 'system', 'cpu_steal_pct'),
      version: report?.version ?? null,
      collection_ms: report?.collect_ms ?? null,
      findings: tally(findings),
    };
  });
}

function valueAt(report: Report | null, section: string, field: string): unknown {
  return (report?.[section] as Record<string, unknown> | null | undefined)?.[field];
}

function numberAt(report: Report | null, section: string, field: string): number | null {
  const value = valueAt(report, section, field);
  return typeof value === 'number' ? value : null;
}

function textAt(report: Report | null, section: string, field: string): string | null {
  const value = valueAt(report, section, field);
  return typeof value === 'string' ? value : null;
}

function flagAt(report: Report | null, section: string, field: string): boolean | null {
  const value = valueAt(report, section, field);
  return typeof value === 'boolean' ? value : null;
}

/** `10/11`: active ones of the units that the report lists. */
function servicesText(report: Report | null): string | null {
  const units = valueAt(report, 'services', 'services');
  if (!Array.isArray(units)) return null;
  const there = units.filter((unit: { load_state?: unknown }) => unit.load_state !== 'not-found');
  const active = there.filter((unit: { active_state?: unknown }) => unit.active_state === 'active');
  return `${active.length}/${there.length}`;
}
