import { homedir } from 'node:os';
import { visible } from '../../core/clean.ts';
import type { Inventory } from '../../fleet/node-config.ts';
import type { Io } from '../io.ts';
import { loadInventory } from '../../fleet/inventory.ts';

/** Loads the inventory that these words and this environment name, and says on standard error which one was taken. */
export async function inventoryFor(io: Io, { config, ssh }: { config: string | null; ssh: readonly string[] }): Promise<Inventory> {
  const inventory = await loadInventory({ config, ssh, cwd: io.cwd, env: io.env, home: io.env['HOME'] ?? homedir() });
  io.say(`ward: ${taken(inventory)}\n${inventory.notes.map((note) => `ward: ${visible(note)}\n`).join('')}`);
  return inventory;
}

function taken({ path, format }: Inventory): string {
  if (format === 'local') return 'no inventory is there, so this is this machine alone';
  return format === 'ssh-config' ? `hosts of ${visible(path ?? 'ssh_config')}` : `configuration ${visible(path ?? '')}`;
}
