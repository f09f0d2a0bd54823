import { shellWord } from '../../core/command.ts';
import type { NodeConfig } from '../../fleet/node-config.ts';

/** What a person types behind `ssh` to reach the node; null for this machine. */
function reachOf({ host, port, user, identity_file, jump }: NodeConfig): string | null {
  if (host === null) return null;
  const words = [
    ...(identity_file === null ? [] : ['-i', shellWord(identity_file)]),
    ...(jump === null ? [] : ['-J', shellWord(jump)]),
    ...(port === null ? [] : ['-p', String(port)]),
    shellWord(user === null ? host : `${user}@${host}`),
  ];
  return words.join(' ');
}

/** The ways to all nodes, by name. */
export function reaches(nodes: readonly NodeConfig[]): ReadonlyMap<string, string | null> {
  return new Map(nodes.map((node) => [node.name, reachOf(node)]));
}
