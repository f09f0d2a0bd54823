import type { Inventory } from './node-config.ts';

/** A node's jump host as ssh -J takes it: a node of the inventory by its address, user and port, any other name as it is. */
export function jumpWord(jump: string | null, { nodes }: Inventory): string | null {
  if (jump === null) return null;
  const node = nodes.find(({ name, host }) => name === jump && host !== null);
  if (node?.host === undefined || node.host === null) return jump;
  const host = node.host.includes(':') ? `[${node.host}]` : node.host;
  return `${node.user === null ? '' : `${node.user}@`}${host}${node.port === null ? '' : `:${node.port}`}`;
}
