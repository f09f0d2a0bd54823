import { homedir } from 'node:os';
import { EXIT, type Exit } from '../../core/refusal.ts';
import type { Io } from '../io.ts';
import { loadInventory } from '../../fleet/inventory.ts';

/** Prints the path of the inventory that is taken; exit code 3 where there is none. */
export async function configPath(io: Io, { config }: { config?: string }): Promise<Exit> {
  const { path } = await loadInventory({ config: config ?? null, ssh: [], cwd: io.cwd, env: io.env, home: io.env['HOME'] ?? homedir() });
  if (path === null) {
    io.say(
      "ward: no inventory is there, so ward looks at this machine alone\n      Make nodes.yaml here, or name hosts of ~/.ssh/config: ward monitor --ssh 'web*'\n",
    );
    return EXIT.configuration;
  }
  await io.print(`${path}\n`);
  return EXIT.fine;
}
