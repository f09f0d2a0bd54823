import { homedir } from 'node:os';
import { chosen, inEnvironment, loadInventory } from '../../fleet/inventory.ts';
import type { Inventory, NodeConfig } from '../../fleet/node-config.ts';
import type { Io } from '../io.ts';

/** The nodes of the inventory by these names; without an inventory they are hosts as ssh knows them. */
export async function nodesNamed(
  io: Io,
  hosts: readonly string[],
  { env, config }: { env?: string; config?: string },
): Promise<{ inventory: Inventory; nodes: readonly NodeConfig[] }> {
  const where = { config: config ?? null, cwd: io.cwd, env: io.env, home: io.env['HOME'] ?? homedir() };
  const own = await loadInventory({ ...where, ssh: [] });
  if (own.format === 'local') {
    const inventory = await loadInventory({ ...where, ssh: hosts });
    return { inventory, nodes: inventory.nodes };
  }
  const all = inEnvironment(own, env ?? null).filter(({ checks }) => checks === undefined);
  const wanted = chosen(all, { node: hosts, tag: [], role: [] });
  return { inventory: own, nodes: all.filter(({ name }) => wanted.has(name)) };
}
