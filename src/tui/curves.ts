import type { NodeSnapshot, Snapshot } from '../core/snapshot.ts';
import type { Steps } from '../core/steps.ts';
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

/** So many nodes are read off without a pause. */
const NODES = 16;

/** All columns of nodes that are drawn over the rounds. */
export const CURVED: readonly CurvedColumn[] = SUBSYSTEMS.flatMap((subsystem) =>
  (subsystem.columns.nodes ?? []).flatMap(({ title, curve }) => (curve === undefined ? [] : [{ subsystem, title, curve }])),
);

/** Values of one node over the rounds, oldest first; null where a round has none. */
export type Values = readonly (number | null)[];

/** The ways of all nodes' values over the rounds. */
export interface Curves {
  /** Adds a round once all of it is worked out. */
  adding(snapshot: Snapshot): Steps<void>;
  of(node: string, title: string): Values;
}

/** Nothing seen yet. */
export function curves(): Curves {
  const kept = new Map<string, Map<string, (number | null)[]>>();
  return {
    *adding(snapshot) {
      const values: (number | null)[][] = [];
      for (const node of snapshot.nodes) {
        values.push(CURVED.map((column) => valueAt(column, node, snapshot)));
        if (values.length % NODES === 0) yield;
      }
      for (const [at, { name }] of snapshot.nodes.entries()) keep(kept, name, values[at] ?? []);
    },
    of: (node, title) => kept.get(node)?.get(title) ?? [],
  };
}

function keep(kept: Map<string, Map<string, (number | null)[]>>, name: string, values: Values): void {
  const own = kept.get(name) ?? new Map<string, (number | null)[]>();
  kept.set(name, own);
  for (const [at, { title }] of CURVED.entries()) {
    const way = own.get(title) ?? [];
    own.set(title, way);
    way.push(values[at] ?? null);
    if (way.length > KEPT) way.shift();
  }
}

function valueAt({ subsystem, curve }: CurvedColumn, node: NodeSnapshot, snapshot: Snapshot): number | null {
  const at = sectionAt(subsystem, node, snapshot);
  return at === null ? null : drawn(() => curve.value(at.section), null);
}
