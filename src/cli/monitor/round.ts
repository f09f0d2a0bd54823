import type { Check, Finding } from '../../core/rule.ts';
import type { NodeSnapshot, Snapshot } from '../../core/snapshot.ts';
import { CLUSTER } from '../../core/rule.ts';

/** One look at the fleet with all that the rules say of it. */
export interface Round {
  snapshot: Snapshot;
  findings: readonly Finding[];
  checks: readonly Check[];
  /** Names of the nodes that the view shows. */
  shown: ReadonlySet<string>;
}

/** The nodes that the view shows. */
export function shownNodes({ snapshot, shown }: Round): NodeSnapshot[] {
  return snapshot.nodes.filter(({ name }) => shown.has(name));
}

/** The findings that the view shows: of its nodes, and of the fleet as such. */
export function shownFindings({ findings, shown }: Round): Finding[] {
  return findings.filter(({ node }) => node === CLUSTER || shown.has(node));
}

const grouped = new WeakMap<Round, Map<string, Finding[]>>();

/** All findings of one node, muted and pending ones with them. */
export function findingsOf(round: Round, name: string): readonly Finding[] {
  const by = grouped.get(round) ?? Map.groupBy(round.findings, ({ node }) => node);
  grouped.set(round, by);
  return by.get(name) ?? [];
}

/** Whether the view leaves nodes out. */
export function isFiltered({ snapshot, shown }: Round): boolean {
  return snapshot.nodes.some(({ name }) => !shown.has(name));
}
