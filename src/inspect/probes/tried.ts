import { inTurn } from '../../core/in-turn.ts';
import type { Inventory, NodeConfig } from '../../fleet/node-config.ts';
import { probe, type Probed } from '../../fleet/probe.ts';
import { idOf, type Planned } from './planned.ts';

/** What came of everything that was tried, by what it was. */
export type Tried = ReadonlyMap<string, Probed>;

export interface TryOptions {
  inventory: Inventory;
  nodes: readonly NodeConfig[];
  timeout_ms: number;
  signal: AbortSignal;
  /** Told of each that is over. */
  onTried(planned: Planned): void;
}

/** Has the nodes try it all, each node as much at once as one connection carries, and never more nodes than the inventory allows. */
export async function tryAll(planned: readonly Planned[], options: TryOptions): Promise<Tried> {
  const { inventory, nodes, timeout_ms, signal } = options;
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const tried = new Map<string, Probed>();
  await inTurn(planned, inventory.ssh.at_once, async (each) => {
    const node = byName.get(each.from);
    if (node === undefined) return;
    tried.set(idOf(each), await probe(node, each.kind, each.target, { inventory, timeout_ms, signal }));
    options.onTried(each);
  });
  return tried;
}
