import { shellWord } from '../../core/command.ts';
import { EXIT, type Exit, Refusal } from '../../core/refusal.ts';
import { many } from '../../core/units.ts';
import { type ScannedKey, scanHostKeys, trustHosts } from '../../fleet/trust.ts';
import type { Io } from '../io.ts';
import { agreedTo, hostKeysPage } from '../node/host-keys-page.ts';
import { nodesNamed } from '../node/nodes-named.ts';
import { terminalOf } from '../render/terminal.ts';

/** As the words of `ward node trust` were given. */
export interface TrustOptions {
  env?: string;
  config?: string;
  yes?: true;
}

/** Shows the host keys of these machines in one table, and takes those that are new or changed only if the person says so. */
export async function nodeTrust(io: Io, hosts: readonly string[], options: TrustOptions): Promise<Exit> {
  const { inventory, nodes } = await nodesNamed(io, hosts, options);
  const scanned = await scanHostKeys(inventory, nodes);
  await io.print(hostKeysPage(terminalOf(io.stdout, io.env), scanned));
  const open = scanned.filter(({ standing }) => standing === 'new' || standing === 'changed');
  if (open.length > 0) {
    await agreed(io, open, hosts, options);
    trustHosts(open);
    io.say(`ward: ${many(open.length, 'key')} written to ${[...new Set(open.map(({ file }) => file))].join(', ')}\n`);
  }
  return exitOf(scanned);
}

/** Throws unless the person agreed, by --yes or by typing it. */
async function agreed(io: Io, open: readonly ScannedKey[], hosts: readonly string[], { yes, env, config }: TrustOptions): Promise<void> {
  if (yes === true) return;
  const again = [
    'ward node trust',
    ...hosts.map(shellWord),
    ...(env === undefined ? [] : ['--env', shellWord(env)]),
    ...(config === undefined ? [] : ['--config', shellWord(config)]),
  ];
  const next = `Compare them with the machines' own consoles, then: ${again.join(' ')} --yes`;
  if (!(await agreedTo(io, open)))
    throw new Refusal(EXIT.notAllowed, `${many(open.length, 'key')} not trusted; nothing was written`, { next });
}

function exitOf(scanned: readonly ScannedKey[]): Exit {
  const silent = scanned.filter(({ key }) => key === null).length;
  if (silent === 0) return EXIT.fine;
  return silent === scanned.length ? EXIT.nothing : EXIT.partial;
}
