import type { Inventory, NodeConfig } from '../../fleet/node-config.ts';

export async function loadInventory(_asked: {
  config: string | null;
  ssh: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  home: string;
}): Promise<Inventory> {
  const node: NodeConfig = {
    name: 'this machine',
    host: null,
    port: null,
    user: null,
    environment: null,
    role: 'node',
    tags: [],
    groups: [],
    identity_file: null,
    known_hosts: null,
    jump: null,
    password: null,
  };
  return {
    path: null,
    format: 'local',
    nodes: [node],
    settings: [],
    ssh: { kex: null, connect_timeout_s: 5, keep_s: 60, at_once: 64 },
    notes: [],
  };
}
export function environmentsOf(_inventory: Inventory): string[] {
  return [];
}
export function inEnvironment(inventory: Inventory, _environment: string | null): readonly NodeConfig[] {
  return inventory.nodes;
}
export function chosen(
  nodes: readonly NodeConfig[],
  _by: { node: readonly string[]; tag: readonly string[]; role: readonly string[] },
): ReadonlySet<string> {
  return new Set(nodes.map(({ name }) => name));
}
