import type { NodeSnapshot } from '../../../core/snapshot.ts';

/** The summary's three keys on rqlite. */
export interface RqliteSummary {
  /** Address of the leader that most nodes name. */
  rqlite_leader: string | null;
  /** `3/3`: voters that answer, of all. */
  rqlite_voters: string | null;
  rqlite_raft_term: number | null;
}

/** What the reports say of rqlite together; null where no report has it. */
export function rqliteSummary(nodes: readonly NodeSnapshot[]): RqliteSummary {
  const sections = nodes.flatMap(({ report }): Record<string, unknown>[] => {
    const section = report?.['rqlite'];
    return typeof section === 'object' && section !== null ? [section as Record<string, unknown>] : [];
  });
  const leaders = sections.flatMap(({ leader_addr: leader }) => (typeof leader === 'string' && leader !== '' ? [leader] : []));
  const terms = sections.flatMap(({ term }) => (typeof term === 'number' ? [term] : []));
  const answering = sections.filter(({ responsive }) => responsive === true).length;
  return {
    rqlite_leader: mostNamed(leaders),
    rqlite_voters: sections.length === 0 ? null : `${answering}/${sections.length}`,
    rqlite_raft_term: terms.length === 0 ? null : Math.max(...terms),
  };
}

function mostNamed(names: readonly string[]): string | null {
  const counted = [...Map.groupBy(names, (name) => name)].sort(([, a], [, b]) => b.length - a.length);
  return counted[0]?.[0] ?? null;
}
