import { EXIT, Refusal } from '../../core/refusal.ts';
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

/** Finds the fleet of an inventory, of a recording, or of given reports where they are named. */
export async function fleetFor(
  io: Io,
  wants: Pick<Wants, 'config' | 'ssh' | 'env' | 'node' | 'tag' | 'role' | 'replay' | 'from' | 'askPassword'>,
): Promise<NamedFleet> {
  if (wants.replay !== null && wants.from.length > 0) throw new Refusal(EXIT.usage, '--replay and --from do not go together');
  const recording = wants.replay === null ? null : (await import('../../fleet/replay.ts')).openRecording(wants.replay);
  const inventory = recording?.inventory ?? (wants.from.length > 0 ? await withGiven(io, wants) : await inventoryFor(io, wants));
  const named = inEnvironment(inventory, wants.env);
  const nodes = wants.askPassword ? await askedFor(io, named) : named;
  return { inventory, nodes, shown: chosen(nodes, wants), recording };
}

async function askedFor(io: Io, nodes: readonly NodeConfig[]): Promise<readonly NodeConfig[]> {
  const { passwordFor, withPassword } = await import('../ask-password.ts');
  const password = await passwordFor(io, nodes);
  return nodes.map((node) => withPassword(node, password));
}

/** Reports alone, unless the words name an inventory beside them. */
async function withGiven(io: Io, wants: Pick<Wants, 'config' | 'ssh' | 'from'>): Promise<Inventory> {
  const { givenReports, inventoryOf, withReports } = await import('../../fleet/given-reports.ts');
  const given = await givenReports(wants.from);
  return wants.config === null && wants.ssh.length === 0 ? inventoryOf(given) : withReports(await inventoryFor(io, wants), given);
}
