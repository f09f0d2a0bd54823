import { findingsOf, type Round, shownNodes } from '../round.ts';
import { nodeStatus } from '../status.ts';
import { alertObjects } from './alert-objects.ts';
import { nodeFacts } from './node-facts.ts';

/** A node with its whole report, as the report for language models has it, and its findings. */
export function nodeObjects(round: Round): object[] {
  return shownNodes(round).map((node) => {
    const findings = findingsOf(round, node.name);
    return {
      ...nodeFacts(node),
      status: nodeStatus(node, findings),
      via: node.via,
      collection_ms: node.report?.collect_ms ?? null,
      cause: node.failure?.cause ?? null,
      alerts: alertObjects(findings, false),
      notes: node.notes,
      report: node.report,
    };
  });
}
