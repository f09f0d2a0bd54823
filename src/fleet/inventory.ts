import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { nearest } from '../core/nearest.ts';
import { EXIT, Refusal } from '../core/refusal.ts';
import { listed } from '../core/units.ts';
import { configText } from './inventory/config-text.ts';
import { thisMachine } from './inventory/empty.ts';
import type { Inventory, NodeConfig } from './node-config.ts';

export { chosen } from './inventory/chosen.ts';

/** Where the person says, by which the inventory is found. */
export interface AskedInventory {
  config: string | null;
  ssh: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  home: string;
}

/**
 * What ward is told about the fleet: the file that was named, else the first of the usual places, else this machine alone. With `--ssh` the nodes are
 * those of ssh_config, and of a file only what it says of rules and ssh is taken. Refuses with exit 3 and the place for whatever is wrong.
 */
export async function loadInventory(asked: AskedInventory): Promise<Inventory> {
  const path = pathOf(asked);
  const file = path === null || (asked.ssh.length > 0 && asked.config === null) ? null : await fileInventory(path, asked);
  if (asked.ssh.length === 0) return file ?? thisMachine(hostname());
  const { sshInventory } = await import('./inventory/ssh-config.ts');
  const found = sshInventory(asked.ssh, asked.home);
  return file === null ? found : { ...found, settings: file.settings, ssh: file.ssh, notes: file.notes };
}

function pathOf({ config, cwd, env, home }: AskedInventory): string | null {
  const named = config ?? (env['WARD_CONFIG'] === '' ? undefined : env['WARD_CONFIG']);
  if (named !== undefined) return resolve(cwd, named);
  const xdg = env['XDG_CONFIG_HOME']?.startsWith('/') ? env['XDG_CONFIG_HOME'] : join(home, '.config');
  const places = ['nodes.yaml', 'scripts/remote-nodes.conf', 'scripts/nodes.conf'].map((place) => join(cwd, place));
  return [...places, join(xdg, 'wardround/nodes.yaml'), '/etc/wardround/nodes.yaml'].find((place) => existsSync(place)) ?? null;
}

async function fileInventory(path: string, { env, home }: AskedInventory): Promise<Inventory> {
  const text = configText(path);
  if (/\.(?:ya?ml|json)$/i.test(path)) return (await import('./inventory/yaml-inventory.ts')).yamlInventory(path, text, { env, home });
  return (await import('./inventory/conf-inventory.ts')).confInventory(path, text, { env, home });
}

/** The environments that the inventory names, in its order. */
export function environmentsOf({ nodes }: Inventory): string[] {
  return [...new Set(nodes.flatMap(({ environment }) => environment ?? []))];
}

/** The nodes of one environment: the one that is asked for, else the only one. Refuses with exit 2 and the names that there are. */
export function inEnvironment(inventory: Inventory, environment: string | null): readonly NodeConfig[] {
  const known = environmentsOf(inventory);
  if (environment === null) {
    if (known.length > 1) throw severalOf(inventory, known);
    return inventory.nodes;
  }
  if (!known.includes(environment)) throw noSuch(inventory, known, environment);
  return inventory.nodes.filter((node) => node.environment === environment);
}

function severalOf({ path }: Inventory, known: readonly string[]): Refusal {
  const message = `--env is missing, and ${path ?? 'the inventory'} has ${known.length} environments: ${listed(known)}`;
  return new Refusal(EXIT.usage, message, { next: `Name one: --env ${known[0] ?? ''}` });
}

function noSuch({ path }: Inventory, known: readonly string[], environment: string): Refusal {
  const near = nearest(environment, known);
  const others = known.length === 0 ? 'it has none' : `there are ${listed(known)}`;
  return new Refusal(
    EXIT.usage,
    `--env ${environment} names no environment of ${path ?? 'the inventory'}; ${near === null ? others : `nearest is ${near}`}`,
    {
      next: known.length === 0 ? 'Leave --env out.' : `There are ${listed(known)}`,
    },
  );
}
