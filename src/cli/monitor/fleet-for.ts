import { chosen, inEnvironment } from '../../fleet/inventory.ts';
import type { Inventory, NodeConfig } from '../../fleet/node-config.ts';
import type { Recording } from '../../fleet/replay.ts';
import type { Io } from '../io.ts';
import { inventoryFor } from './inventory-for.ts';
import type { Wants } from './wants.ts';

/** The machines that the words name, and which of them are shown. */
export interface NamedFleet {
  inventory: Inventory;
  nodes: readonly NodeConfig[];
  shown: ReadonlySet<string>;
  /** Recorded reports in place of the machines. */
  recording: Recording | null;
}

/** Finds the fleet of an inventory, or of a recording where one is named. */
export async function fleetFor(
  io: Io,
  wants: Pick<Wants, 'config' | 'ssh' | 'env' | 'node' | 'tag' | 'role' | 'replay'>,
): Promise<NamedFleet> {
  const recording = wants.replay === null ? null : (await import('../../fleet/replay.ts')).openRecording(wants.replay);
  const inventory = recording?.inventory ?? (await inventoryFor(io, wants));
  const nodes = inEnvironment(inventory, wants.env);
  return { inventory, nodes, shown: chosen(nodes, wants), recording };
}
