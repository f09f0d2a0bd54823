import type { Inventory, NodeConfig } from '../../fleet/node-config.ts';
import type { Planned } from '../../inspect/probes/planned.ts';
import { type Tried, tryAll } from '../../inspect/probes/tried.ts';
import type { Io } from '../io.ts';
import { progressLine } from '../monitor/progress.ts';

/** Has the nodes try what is planned, with progress on standard error. */
export async function probed(
  io: Io,
  planned: readonly Planned[],
  { inventory, nodes, wants }: { inventory: Inventory; nodes: readonly NodeConfig[]; wants: { timeout_s: number } },
): Promise<Tried> {
  const left = Map.groupBy(planned, ({ from }) => from);
  const progress = progressLine(io, [...left.keys()], 'nodes tried all');
  try {
    return await tryAll(planned, {
      ...{ inventory, nodes, timeout_ms: wants.timeout_s * 1000, signal: io.signal },
      onTried(each) {
        const others = left.get(each.from)?.filter((other) => other !== each) ?? [];
        left.set(each.from, others);
        if (others.length === 0) progress.answered(each.from);
      },
    });
  } finally {
    progress.end();
  }
}
