import { EXIT, Refusal } from '../core/refusal.ts';
import { listed, many } from '../core/units.ts';
import type { NodeConfig } from '../fleet/node-config.ts';
import { Secret } from '../fleet/secret.ts';
import { askedUnseen } from './asked.ts';
import type { Io } from './io.ts';

/** More names than this are told by their number. */
const NAMED = 3;

/** Asks the person once for the password of all nodes that the inventory has neither a key nor a password for; null where there is none such. */
export async function passwordFor(io: Io, nodes: readonly NodeConfig[]): Promise<Secret | null> {
  const names = nodes.filter(lacksLogin).map(({ name }) => name);
  if (names.length === 0) return null;
  const whose = names.length > NAMED ? many(names.length, 'node') : listed(names);
  const answer = await askedUnseen(io, `Password for ${whose}, not shown: `);
  if (answer === null && (!io.stdin.isTTY || !io.stderr.isTTY))
    throw new Refusal(EXIT.usage, '--ask-password needs a terminal to ask on', {
      next: 'In a script: password_env in nodes.yaml; better, a key.',
    });
  if (answer === null || answer === '') throw new Refusal(EXIT.usage, 'no password was given');
  return new Secret(answer);
}

/** The node as it is logged in to with the password that was asked for. */
export function withPassword(node: NodeConfig, password: Secret | null): NodeConfig {
  return password !== null && lacksLogin(node) ? { ...node, password } : node;
}

function lacksLogin({ host, password, identity_file, given }: NodeConfig): boolean {
  return host !== null && password === null && identity_file === null && given === undefined;
}
