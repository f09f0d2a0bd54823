import type { Registered } from '../../../core/subsystem.ts';
import { findingsOf, type Round, shownNodes } from '../round.ts';
import { belongsTo, subsystemStatus } from '../status.ts';
import { nodeFacts } from './node-facts.ts';

/** One object a node: its section of this subsystem as the report has it, under its own name. */
export function sectionObjects({ name }: Registered, round: Round): object[] {
  return shownNodes(round).map((node) => ({
    ...nodeFacts(node),
    state: node.report?.states[name] ?? 'unknown',
    status: node.report === null ? 'unknown' : subsystemStatus(node, name, findingsOf(round, node.name)),
    unknown: (node.report?.unknown ?? []).filter(({ path }) => belongsTo(path, name)),
    [name]: node.report?.[name] ?? null,
  }));
}
