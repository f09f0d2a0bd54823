import { shellWord } from '../../core/command.ts';
import { EXIT, type Exit, Refusal } from '../../core/refusal.ts';
import { many } from '../../core/units.ts';
import type { Table } from '../../core/view.ts';
import { type ScannedKey, scanHostKeys, trustHosts } from '../../fleet/trust.ts';
import type { Io } from '../io.ts';
import { asked } from '../asked.ts';
import { nodesNamed } from '../node/nodes-named.ts';
import { pageText } from '../render/page.ts';
import { tableLines } from '../render/table.ts';
import { terminalOf } from '../render/terminal.ts';

/** As the words of `ward node trust` were given. */
export interface TrustOptions {
  env?: string;
  config?: string;
  yes?: true;
}

/** A greeting takes no longer than a login. */
const GREETING_MS = 10_000;

/** Shows the host keys of these machines in one table, and takes those that are new or changed only if the person says so. */
export async function nodeTrust(io: Io, hosts: readonly string[], options: TrustOptions): Promise<Exit> {
  const { inventory, nodes } = await nodesNamed(io, hosts, options);
  const scanned = await scanHostKeys(inventory, nodes, GREETING_MS);
  const terminal = terminalOf(io.stdout, io.env);
  const names = new Set(nodes.map(({ name }) => name));
  await io.print(pageText(terminal, [tableLines(terminal, tableOf(scanned), { names, all: true })]));
  const open = scanned.filter(({ standing }) => standing === 'new' || standing === 'changed');
  if (open.length > 0) {
    await agreed(io, open, hosts, options);
    trustHosts(open);
    io.say(`ward: ${many(open.length, 'key')} written to ${[...new Set(open.map(({ file }) => file))].join(', ')}\n`);
  }
  return exitOf(scanned);
}

const STANDINGS: Record<ScannedKey['standing'], { text: string; role: 'ok' | 'warn' | 'crit' | 'muted' }> = {
  known: { text: '✓ known', role: 'ok' },
  new: { text: '! new', role: 'warn' },
  changed: { text: '✗ changed', role: 'crit' },
  unknown: { text: '? no key', role: 'muted' },
};

function tableOf(scanned: readonly ScannedKey[]): Table {
  return {
    kind: 'table',
    columns: [
      { title: 'Host keys', min: 8, max: 24, priority: 1 },
      { title: 'STATUS', min: 13, priority: 1 },
      { title: 'TYPE', min: 8, priority: 2 },
      { title: 'FINGERPRINT', min: 50, priority: 1, whole: true },
    ],
    count: String(scanned.length),
    rows: scanned.map(({ node, key, standing, problem }) =>
      key === null
        ? { cells: [node, STANDINGS[standing]], across: problem }
        : { cells: [node, STANDINGS[standing], key.type, key.fingerprint] },
    ),
    note: scanned.flatMap(elsewhereText).join(' '),
  };
}

function elsewhereText({ node, elsewhere }: ScannedKey): string[] {
  return elsewhere === null ? [] : [`For ${node} another key stands in ${elsewhere}; until it is taken away there, ssh goes on refusing.`];
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
  const answer = await asked(
    io,
    `Are these the fingerprints that the consoles of the machines show? Type yes to trust ${many(open.length, 'key')}: `,
  );
  if (answer !== 'yes') throw new Refusal(EXIT.notAllowed, `${many(open.length, 'key')} not trusted; nothing was written`, { next });
}

function exitOf(scanned: readonly ScannedKey[]): Exit {
  const silent = scanned.filter(({ key }) => key === null).length;
  if (silent === 0) return EXIT.fine;
  return silent === scanned.length ? EXIT.nothing : EXIT.partial;
}
