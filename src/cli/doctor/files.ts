import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { shellWord } from '../../core/command.ts';
import { listed, many } from '../../core/units.ts';
import type { Inventory } from '../../fleet/node-config.ts';
import { keyInLine } from '../../fleet/ssh/host-keys.ts';
import { ownKnownHosts } from '../../fleet/ssh/own-places.ts';
import { privateFolder } from '../../fleet/ssh/private-folder.ts';
import { type Examined, ok, type Patient } from './examined.ts';
import { factsOf } from './keys.ts';

/** Host keys that are known: without one no machine is asked. */
export function examineKnownHosts({ env, home }: Patient, { nodes }: Inventory): Examined {
  const check = 'known hosts';
  const named = [...new Set(nodes.flatMap(({ known_hosts: file }) => file ?? []))];
  const missing = named.filter((file) => !existsSync(file));
  if (missing.length > 0) {
    const message = `${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} not there, and the inventory names ${missing.length === 1 ? 'it' : 'them'}`;
    return { check, state: 'problem', message, next: 'ward node trust HOST shows the keys, and keeps those that you compared.' };
  }
  const files = [...named, join(home, '.ssh/known_hosts'), '/etc/ssh/ssh_known_hosts', ...[ownKnownHosts(env) ?? []].flat()];
  const counted = files.map((file) => ({ file, keys: keysIn(file) })).filter(({ keys }) => keys > 0);
  const far = nodes.filter(({ host }) => host !== null).length;
  if (counted.length > 0) return ok(check, `${listed(counted.map(({ file, keys }) => `${many(keys, 'key')} in ${file}`))}`);
  if (far === 0) return ok(check, 'No host key is known, and no other machine is asked');
  const message = `No host key is known, so ${far === 1 ? 'the node' : `none of ${many(far, 'node')}`} is asked anything`;
  return { check, state: 'problem', message, next: 'ward node trust HOST shows the keys, and keeps those that you compared.' };
}

function keysIn(file: string): number {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => keyInLine(line) !== null).length;
  } catch {
    return 0;
  }
}

/** The folder of what ward keeps: only its owner may change what is trusted. */
export function examineState({ env }: Patient): Examined {
  const check = 'state folder';
  const file = ownKnownHosts(env);
  if (file === null)
    return { check, state: 'warning', message: 'There is no folder for what ward keeps: HOME is not set', next: 'Set HOME.' };
  const folder = dirname(file);
  const facts = factsOf(folder);
  if (facts === null) return ok(check, `${folder} is made when there is something to keep`);
  if (facts.uid !== process.getuid?.()) {
    const message = `${folder} belongs to user ${facts.uid}, who can change whom ward trusts`;
    return { check, state: 'problem', message, next: `sudo chown -R "$(id -un)" ${shellWord(folder)}` };
  }
  const open = [folder, file].filter((path) => ((factsOf(path)?.mode ?? 0) & 0o022) !== 0);
  if (open.length === 0) return ok(check, `${folder} is yours alone to change`);
  return {
    check,
    state: 'problem',
    message: `Others may change ${listed(open)}, and so whom ward trusts`,
    next: `chmod go-w ${open.map(shellWord).join(' ')}`,
  };
}

/** The folder for sockets of kept connections. */
export function examineRuntime({ env }: Patient): Examined {
  const check = 'runtime folder';
  const { path, problem } = privateFolder(env);
  if (path !== null) return ok(check, `${path} is private, so connections are kept open there`);
  const [, folder = ''] = /^(\/\S+) is open to others/.exec(problem) ?? [];
  const next = folder === '' ? 'Move it out of the way, or set XDG_RUNTIME_DIR to a folder of yours.' : `chmod 700 ${shellWord(folder)}`;
  return { check, state: 'warning', message: `${problem}, so every round logs in anew`, next };
}

/** What `ward node install` puts on a machine. */
export function examineBundle({ folder }: Patient): Examined {
  const check = 'agent bundle';
  const file = join(folder, 'agent.cjs');
  if (existsSync(file)) return ok(check, `${file} is there for machines that get it`);
  return {
    check,
    state: 'problem',
    message: `${file} is not there, so no machine can get the agent`,
    next: 'Install ward anew; in a clone: npm run build',
  };
}
