import type { NodeSnapshot, Snapshot } from '../../../core/snapshot.ts';
import { quorumOf, raftClusters } from '../../../subsystems/rqlite/raft-clusters.ts';

/** The summary's three keys on rqlite. */
export interface RqliteSummary {
  /** Address of the leader that most nodes name. */
  rqlite_leader: string | null;
  /** `2/3`: voters that are alive, of all that the cluster knows, silent ones with them; of several clusters with commas between. */
  rqlite_voters: string | null;
  rqlite_raft_term: number | null;
}

/** What the reports of these nodes say of rqlite together; null where none of them has it, or tells it. */
export function rqliteSummary(snapshot: Snapshot, nodes: readonly NodeSnapshot[]): RqliteSummary {
  const shown = new Set(nodes);
  const members = raftClusters(snapshot).map((cluster) => ({ cluster, own: cluster.members.filter(({ node }) => shown.has(node)) }));
  const sections = members.flatMap(({ own }) => own.map(({ section }) => section));
  const quorums = members.flatMap(({ cluster, own }) => (own.length === 0 ? [] : (quorumOf(cluster) ?? [])));
  const terms = sections.flatMap(({ term }) => term ?? []);
  return {
    rqlite_leader: mostNamed(sections.flatMap(({ leader_addr: leader }) => (leader === null || leader === '' ? [] : [leader]))),
    rqlite_voters: quorums.length === 0 ? null : quorums.map(({ alive, total }) => `${alive}/${total}`).join(', '),
    rqlite_raft_term: terms.length === 0 ? null : Math.max(...terms),
  };
}

function mostNamed(names: readonly string[]): string | null {
  const counted = [...Map.groupBy(names, (name) => name)].sort(([, a], [, b]) => b.length - a.length);
  return counted[0]?.[0] ?? null;
}
