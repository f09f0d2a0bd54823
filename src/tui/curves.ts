import type { NodeSnapshot, Snapshot } from '../core/snapshot.ts';
import type { Curve, Registered } from '../core/subsystem.ts';
import { drawn, sectionAt } from '../cli/monitor/sections.ts';
import { SUBSYSTEMS } from '../subsystems/all.gen.ts';

/** A column that is drawn over the rounds. */
export interface CurvedColumn {
  subsystem: Registered;
  title: string;
  curve: Curve<never>;
}

/** More rounds than any list has room for. */
const KEPT = 60;

/** All columns of nodes that are drawn over the rounds. */
export const CURVED: readonly CurvedColumn[] = SUBSYSTEMS.flatMap((subsystem) =>
  (subsystem.columns.nodes ?? []).flatMap(({ title, curve }) => (curve === undefined ? [] : [{ subsystem, title, curve }])),
);

/** Values of one node over the rounds, oldest first; null where a round has none. */
export type Values = readonly (number | null)[];

/** The ways of all nodes' values over the rounds. */
export interface Curves {
  add(snapshot: Snapshot): void;
  of(node: string, title: string): Values;
}

/** Nothing seen yet. */
export function curves(): Curves {
  const kept = new Map<string, Map<string, (number | null)[]>>();
  return {
    add(snapshot) {
      for (const node of snapshot.nodes) {
        const own = kept.get(node.name) ?? new Map<string, (number | null)[]>();
        kept.set(node.name, own);
        for (const { title, curve, subsystem } of CURVED) {
          const values = own.get(title) ?? [];
          own.set(title, values);
          values.push(valueAt({ title, curve, subsystem }, node, snapshot));
          if (values.length > KEPT) values.shift();
        }
      }
    },
    of: (node, title) => kept.get(node)?.get(title) ?? [],
  };
}

function valueAt({ subsystem, curve }: CurvedColumn, node: NodeSnapshot, snapshot: Snapshot): number | null {
  const at = sectionAt(subsystem, node, snapshot);
  return at === null ? null : drawn(() => curve.value(at.section), null);
}
