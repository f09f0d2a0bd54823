import type { Inventory, NodeConfig, SshSettings } from '../node-config.ts';

/** What ward does of itself with ssh where nobody says otherwise. */
export const SSH_SETTINGS: SshSettings = { kex: null, connect_timeout_s: 5, keep_s: 60, at_once: 64 };

/** A node of which only the name is known. */
export function plainNode(name: string, host: string | null): NodeConfig {
  return {
    name,
    host,
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
}

/** Where nothing is configured: this machine alone. */
export function thisMachine(hostname: string): Inventory {
  return { path: null, format: 'local', nodes: [plainNode(hostname, null)], settings: [], ssh: SSH_SETTINGS, notes: [] };
}
