import { onceFor } from '../../core/once-for.ts';
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
export const shownNodes = onceFor(({ snapshot, shown }: Round): readonly NodeSnapshot[] =>
  snapshot.nodes.filter(({ name }) => shown.has(name)),
);

/** The findings that the view shows: of its nodes, and of the fleet as such. */
export const shownFindings = onceFor(({ findings, shown }: Round): readonly Finding[] =>
  findings.filter(({ node }) => node === CLUSTER || shown.has(node)),
);

const byNode = onceFor(({ findings }: Round) => Map.groupBy(findings, ({ node }) => node));

/** All findings of one node, muted and pending ones with them. */
export function findingsOf(round: Round, name: string): readonly Finding[] {
  return byNode(round).get(name) ?? [];
}

/** Whether the view leaves nodes out. */
export function isFiltered({ snapshot, shown }: Round): boolean {
  return snapshot.nodes.some(({ name }) => !shown.has(name));
}
