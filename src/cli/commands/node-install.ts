import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { EXIT, type Exit, Refusal } from '../../core/refusal.ts';
import { inTurn } from '../../core/in-turn.ts';
import { installNode } from '../../fleet/install/install-node.ts';
import { keyIn, type PersonKey, personKey } from '../../fleet/install/person-key.ts';
import { USER } from '../../fleet/install/places.ts';
import type { Io } from '../io.ts';
import { type AdminOptions, administered } from '../node/admins.ts';
import { exitOf, type Outcome, outcomeOf, outcomesPage } from '../node/outcomes.ts';
import { terminalOf } from '../render/terminal.ts';

/** As the words of `ward node install` and `ward node upgrade` were given. */
export interface InstallWords extends AdminOptions {
  key?: string[];
  from?: string;
  dryRun?: true;
}

/** A slow line is shared by those that are served at once. */
const AT_ONCE = 8;

/** Puts the agent on these machines, or brings what is there up to this ward. */
export async function nodeInstall(io: Io, hosts: readonly string[], words: InstallWords, what: 'install' | 'upgrade'): Promise<Exit> {
  const machines = await administered(io, hosts, words);
  const dry = words.dryRun === true;
  const keys = what === 'upgrade' ? [] : keysOf(io, words, dry);
  const options = {
    folder: fileURLToPath(new URL('.', import.meta.url)),
    keys: keys.map(({ text }) => text),
    from: fromOf(words),
    dry,
    upgrade: what === 'upgrade',
  };
  const results = await inTurn(machines, AT_ONCE, async ({ name, admin }) => {
    const onStep = (says: string) => io.say(`ward: ${name}: ${says}\n`);
    return outcomeOf(name, await installNode(admin, { ...options, onStep }), { dry, kept: ' What answered before still does.' });
  });
  await io.print(
    outcomesPage(terminalOf(io.stdout, io.env), dry ? 'Would be done' : what === 'install' ? 'Installed' : 'Upgraded', results),
  );
  io.say(afterwards(results, keys, dry));
  return exitOf(results);
}

function keysOf({ env }: Io, { key }: InstallWords, dry: boolean): PersonKey[] {
  if (key !== undefined) return key.map(keyIn);
  const own = personKey(env['HOME'] ?? homedir(), env, !dry);
  return own === null ? [] : [own];
}

function fromOf({ from }: InstallWords): string | null {
  if (from === undefined || /^[\w.:*?/-]+(?:,[\w.:*?/-]+)*$/.test(from)) return from ?? null;
  throw new Refusal(EXIT.usage, `--from takes addresses with commas between, not "${from}"`, {
    next: 'Such as: --from 203.0.113.7,2001:db8::/64',
  });
}

function afterwards(results: readonly Outcome[], keys: readonly PersonKey[], dry: boolean): string {
  const [key] = keys;
  if (dry || key === undefined || results.every(({ state }) => state !== 'done')) return '';
  const made = key.made ? `ward: a key was made for it, as there was none in ~/.ssh: ${key.file}\n` : `ward: the key is ${key.file}\n`;
  const identity = key.identity === null ? '' : `, identity_file: ${key.identity}`;
  return `${made}ward: in the inventory these machines now take: {user: ${USER}${identity}}\n`;
}
