import { many } from '../../core/units.ts';
import { scanHostKeys, trustHosts } from '../../fleet/trust.ts';
import type { Io } from '../io.ts';
import { agreedTo, hostKeysPage } from '../node/host-keys-page.ts';
import { terminalOf } from '../render/terminal.ts';
import type { NamedFleet } from './fleet-for.ts';
import type { Round } from './round.ts';

/** On a terminal: shows the keys of all nodes that nobody knows yet, once, in one table, and keeps them if the person says so. Gives whether it did. */
export async function offerTrust(io: Io, { snapshot, shown }: Round, { inventory, nodes }: NamedFleet): Promise<boolean> {
  if (!io.stdin.isTTY || !io.stderr.isTTY) return false;
  const unknown = new Set(snapshot.nodes.flatMap(({ name, failure }) => (isNew(failure) && shown.has(name) ? [name] : [])));
  if (unknown.size === 0) return false;
  const scanned = await scanHostKeys(
    inventory,
    nodes.filter(({ name }) => unknown.has(name)),
  );
  const fresh = scanned.filter(({ standing }) => standing === 'new');
  if (fresh.length === 0) return false;
  io.say(`${hostKeysPage(terminalOf(io.stderr, io.env), fresh)}\n`);
  if (!(await agreedTo(io, fresh))) {
    io.say(`ward: ${many(fresh.length, 'key')} not trusted; nothing was written\n`);
    return false;
  }
  trustHosts(fresh);
  return true;
}

/** A jump host's key is asked for with the jump host itself. */
function isNew(failure: Round['snapshot']['nodes'][number]['failure']): boolean {
  return failure?.cause === 'host-key-unknown' && failure.at === undefined;
}
