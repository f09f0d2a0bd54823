import { type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { shellWord } from '../../core/command.ts';
import { listed, many } from '../../core/units.ts';
import type { Inventory } from '../../fleet/node-config.ts';
import { type Examined, ok, type Patient } from './examined.ts';
import { saidBy } from './said-by.ts';

const USUAL = ['id_ed25519', 'id_ecdsa', 'id_rsa', 'id_ed25519_sk', 'id_ecdsa_sk'];

/** Keys to log in with: files of the inventory and of ~/.ssh, which ssh takes only if nobody else may read them. */
export function examineKeys({ home }: Patient, { nodes }: Inventory): Examined {
  const check = 'keys';
  const named = [...new Set(nodes.flatMap(({ identity_file: file }) => file ?? []))];
  const missing = named.filter((file) => factsOf(file) === null);
  if (missing.length > 0) {
    const message = `${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} not there, and the inventory names ${missing.length === 1 ? 'it' : 'them'}`;
    return { check, state: 'problem', message, next: 'Put the key there, or mend identity_file in the inventory.' };
  }
  const usual = USUAL.map((name) => join(home, '.ssh', name)).filter((file) => factsOf(file) !== null);
  const open = [...named, ...usual].filter((file) => ((factsOf(file)?.mode ?? 0) & 0o077) !== 0);
  if (open.length > 0) {
    const message = `${listed(open)} may be read by others, so ssh does not take ${open.length === 1 ? 'it' : 'them'}`;
    return { check, state: 'problem', message, next: `chmod 600 ${open.map(shellWord).join(' ')}` };
  }
  if (named.length + usual.length > 0)
    return ok(check, `${many(named.length + usual.length, 'key')} in files: ${listed([...named, ...usual])}`);
  return ok(check, 'No key lies in ~/.ssh under a usual name, and the inventory names none');
}

/** The agent that holds keys. It must be there where no file does, for ward never asks for a passphrase. */
export async function examineAgent({ env, home }: Patient, { nodes }: Inventory): Promise<Examined> {
  const check = 'ssh agent';
  const keyless = nodes.filter(({ host, identity_file: file, password }) => host !== null && file === null && password === null).length;
  const files = USUAL.some((name) => factsOf(join(home, '.ssh', name)) !== null);
  const needed = keyless > 0 && !files;
  const without = (message: string, next: string): Examined =>
    needed ? { check, state: 'warning', message: `${message}, and ${many(keyless, 'node')} may need its keys`, next } : ok(check, message);
  if ((env['SSH_AUTH_SOCK'] ?? '') === '')
    return without('No agent runs for you (SSH_AUTH_SOCK is not set)', 'eval "$(ssh-agent)" && ssh-add');
  const said = await saidBy('ssh-add', ['-l'], env);
  if (said?.exit === 0) return ok(check, `The agent holds ${many(said.text.trim().split('\n').length, 'key')}`);
  if (said?.exit === 1) return without('The agent holds no key', 'ssh-add');
  const message = 'The agent that SSH_AUTH_SOCK names does not answer';
  return { check, state: 'warning', message, next: 'Log in anew, or: eval "$(ssh-agent)" && ssh-add' };
}

/** Null where it is not there. */
export function factsOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}
