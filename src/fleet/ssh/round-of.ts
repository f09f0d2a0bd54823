import type { Inventory, NodeConfig } from '../node-config.ts';
import type { Round } from './ask-node.ts';
import { ownKnownHostsThere } from './own-places.ts';
import { privateFolder } from './private-folder.ts';
import { sshProgram } from './program.ts';
import type { Target } from './words.ts';

/** How nodes are asked in one round. Refuses where there is no ssh here. */
export function roundOf({ timeout_ms, signal }: { timeout_ms: number; signal?: AbortSignal }): Round {
  const { SSH_ASKPASS: _, ...env } = process.env;
  return { program: sshProgram('ssh'), env: { ...env, LC_ALL: 'C' }, folder: privateFolder(), timeout_ms, signal: signal ?? null };
}

/** The way to a node of this inventory. */
export function targetIn(inventory: Inventory, node: NodeConfig, own_known_hosts = ownKnownHostsThere()): Target {
  return { node, ssh: inventory.ssh, own_known_hosts };
}
