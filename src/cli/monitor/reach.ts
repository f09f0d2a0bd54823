import { shellWord } from '../../core/command.ts';
import type { NodeConfig } from '../../fleet/node-config.ts';

/** No value can be one of these: none of them begins with a dash. */
const OPTIONS: ReadonlySet<string> = new Set(['-i', '-J', '-p']);

/** The words behind `ssh` that reach the node; null for this machine. */
export function reachWords({ host, port, user, identity_file, jump }: NodeConfig): readonly string[] | null {
  if (host === null) return null;
  return [
    ...(identity_file === null ? [] : ['-i', identity_file]),
    ...(jump === null ? [] : ['-J', jump]),
    ...(port === null ? [] : ['-p', String(port)]),
    user === null ? host : `${user}@${host}`,
  ];
}

/** The same as a person types them. */
function reachOf(node: NodeConfig): string | null {
  return (
    reachWords(node)
      ?.map((word) => (OPTIONS.has(word) ? word : shellWord(word)))
      .join(' ') ?? null
  );
}

/** The ways to all nodes, by name. */
export function reaches(nodes: readonly NodeConfig[]): ReadonlyMap<string, string | null> {
  return new Map(nodes.map((node) => [node.name, reachOf(node)]));
}
