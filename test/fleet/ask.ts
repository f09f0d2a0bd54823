import { readdirSync, readFileSync } from 'node:fs';
import { gather } from '../../src/fleet/gather.ts';
import type { Inventory, NodeConfig, SshSettings } from '../../src/fleet/node-config.ts';
import type { NodeSnapshot } from '../../src/core/snapshot.ts';
import { SSH } from './sshd.ts';

/** An inventory of these nodes and nothing else. */
export function inventoryOf(nodes: readonly NodeConfig[], ssh: Partial<SshSettings> = {}): Inventory {
  return { path: null, format: 'yaml', nodes, settings: [], ssh: { ...SSH, ...ssh }, notes: [] };
}

/** What one node answers. */
export async function ask(node: NodeConfig, timeout_ms = 6_000, ssh: Partial<SshSettings> = {}): Promise<NodeSnapshot> {
  const { nodes } = await gather(inventoryOf([node], ssh), [node], { timeout_ms });
  return nodes[0] as NodeSnapshot;
}

/** Words of every process that has this text in its command line, but for servers. */
export function processesWith(text: string): string[] {
  return pidsWith(text).map(commandLine);
}

/** The same processes by their ids. */
export function pidsWith(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number)
    .filter((pid) => {
      const words = commandLine(pid);
      return words.includes(text) && !/sshd|unshare/.test(words);
    });
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
