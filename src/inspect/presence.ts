import type { NodeSnapshot, Snapshot } from '../core/snapshot.ts';

/** Whether a subsystem is probably on a node that did not answer. */
export type Presence = (node: NodeSnapshot, subsystem: string) => boolean;

/** What the nodes of the same role have, or where none of them answered all nodes; with no answer at all, everything. */
export function presence({ nodes }: Snapshot): Presence {
  const read = nodes.filter(({ report }) => report !== null);
  const named = (of: readonly NodeSnapshot[]) =>
    new Set(
      of.flatMap(({ report }) => Object.entries(report?.states ?? {}).flatMap(([name, state]) => (state === 'absent' ? [] : [name]))),
    );
  const everywhere = named(read);
  const byRole = new Map([...Map.groupBy(read, ({ role }) => role)].map(([role, alike]) => [role, named(alike)]));
  return ({ role }, subsystem) => read.length === 0 || (byRole.get(role) ?? everywhere).has(subsystem);
}
