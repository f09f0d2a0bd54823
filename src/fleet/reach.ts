import { shellWord } from '../core/command.ts';
import type { NodeConfig } from './node-config.ts';
import { identityWords, throughSsh } from './ssh-quoting.ts';

/** No value can be one of these: none of them begins with a dash. */
const OPTIONS: ReadonlySet<string> = new Set(['-i', '-J', '-o', '-p']);

/** The words behind `ssh` that reach the node; null for this machine. */
export function reachWords(node: NodeConfig): readonly string[] | null {
  const { host, port, user, identity_file } = node;
  if (host === null) return null;
  return [
    ...(identity_file === null ? [] : identityWords(identity_file)),
    ...jumpWords(node),
    ...(port === null ? [] : ['-p', String(port)]),
    user === null ? host : `${user}@${host}`,
  ];
}

function jumpWords({ jump }: NodeConfig): readonly string[] {
  if (jump === null) return [];
  if (typeof jump === 'string') return ['-J', jump];
  // What -J has no place for needs an ssh of its own.
  if (jump.identity_file === null && jump.jump === null) return ['-J', hop(jump)];
  return ['-o', `ProxyCommand=${throughSsh('ssh', reachWords(jump) ?? [])}`];
}

function hop({ user, host, port }: NodeConfig): string {
  const at = host?.includes(':') === true ? `[${host}]` : host;
  return `${user === null ? '' : `${user}@`}${at}${port === null ? '' : `:${port}`}`;
}

/** The same as a person types them; null for this machine. */
export function reachOf(node: NodeConfig): string | null {
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

/** By what people know the host through which the node is reached; null where the inventory names none. */
export function jumpName({ jump }: Pick<NodeConfig, 'jump'>): string | null {
  return typeof jump === 'string' ? jump : (jump?.name ?? null);
}

/** All that makes this way to the node another one than another way to it. */
export function wayTo({ host, port, user, identity_file, known_hosts, jump }: NodeConfig): string {
  const through = jump === null || typeof jump === 'string' ? jump : wayTo(jump);
  return JSON.stringify([host, port, user, identity_file, known_hosts, through]);
}
