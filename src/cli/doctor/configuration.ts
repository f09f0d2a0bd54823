import { many } from '../../core/units.ts';
import { EXIT, Refusal } from '../../core/refusal.ts';
import { environmentsOf, loadInventory } from '../../fleet/inventory.ts';
import { thisMachine } from '../../fleet/inventory/empty.ts';
import type { Inventory } from '../../fleet/node-config.ts';
import type { Io } from '../io.ts';
import { type Examined, ok, type Patient } from './examined.ts';

/** Which inventory. */
export interface Asked {
  config?: string;
  ssh?: string[];
}

/** The inventory that ward would take, and whether it is right; where it is not, this machine alone stands in for it. */
export async function examineConfiguration(
  { cwd }: Pick<Io, 'cwd'>,
  { env, home }: Patient,
  { config, ssh }: Asked,
): Promise<{ examined: Examined; inventory: Inventory }> {
  const check = 'configuration';
  try {
    const inventory = await loadInventory({ config: config ?? null, ssh: ssh ?? [], cwd, env, home });
    const [note] = inventory.notes;
    const message = sentence(inventory);
    const examined: Examined =
      note === undefined ? ok(check, message) : { check, state: 'warning', message: `${message}, but ${note}`, next: 'ward config check' };
    return { examined, inventory };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { message, where, next } = error;
    const state = error.exit === EXIT.bug ? 'unknown' : 'problem';
    return { examined: { check, state, message: where === '' ? message : `${where}: ${message}`, next }, inventory: thisMachine('') };
  }
}

function sentence(inventory: Inventory): string {
  const { path, format, nodes } = inventory;
  if (format === 'local') return 'No inventory is there, so ward looks at this machine alone';
  const environments = environmentsOf(inventory).length;
  return `${path ?? 'ssh_config'} is right: ${many(nodes.length, 'node')}${environments === 0 ? '' : ` in ${many(environments, 'environment')}`}`;
}
