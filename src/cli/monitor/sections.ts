import type { NodeSection } from '../../core/rule.ts';
import type { NodeSnapshot, Snapshot } from '../../core/snapshot.ts';
import type { Registered } from '../../core/subsystem.ts';
import { type Block, type Cell, UNKNOWN } from '../../core/view.ts';

/** The subsystem's section of a node with where it is from; null where the report has none. */
export function sectionAt({ name }: Registered, node: NodeSnapshot, snapshot: Snapshot): NodeSection<never> | null {
  const section = node.report?.[name] ?? null;
  return section === null ? null : { node, snapshot, section: section as never };
}

/** The section in one line. A page that cannot be drawn from what the node sent says so, and costs no other. */
export function summaryOf({ columns }: Registered, at: NodeSection<never>): Cell {
  return drawn<Cell>(() => columns.summary(at), { text: 'what the node sent cannot be shown', role: 'muted' });
}

/** The section's blocks on a page of its node; none where it has no page. */
export function pageOf({ columns, title }: Registered, at: NodeSection<never>): readonly Block[] {
  return drawn(() => columns.page?.(at) ?? [], [{ kind: 'fact', label: title, value: UNKNOWN }]);
}

/** Draws; data that no rule foresaw ends in the other value. */
export function drawn<T>(draw: () => T, otherwise: T): T {
  try {
    return draw();
  } catch {
    return otherwise;
  }
}
