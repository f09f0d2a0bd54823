import { type Answer, type Ask, present } from '../../core/ask.ts';
import type { HttpAnswer } from '../../core/host.ts';
import { jsonBody } from '../../core/http-body.ts';
import type { Json } from '../../core/json.ts';
import { placeOf, works } from '../../core/presence.ts';
import type { Profile } from '../../core/profile.ts';
import { type Asked, type AskedSection, when } from '../../core/section.ts';
import { absent } from '../../core/unknown.ts';
import { type Found, namespacesIn } from './discovery.ts';
import type { Namespace, Namespaces } from './section.ts';

/** A program's port within the block of its namespace. */
const BLOCK = { rqlite: 0, memberlist: 3, gateway: 4 } as const;

/** Each namespace's programs on their block of ports; nothing is asked where the profile knows no namespaces. */
export function collect(ask: Ask, { namespaces: { folder }, gateway: { paths } }: Profile): AskedSection<Namespaces> {
  if (folder === null) return when<Namespaces>(() => true, []);
  const found = namespacesIn(ask, folder);
  const all = ask.each(found, (each) => namespace(ask, each, paths[0] ?? '/health'));
  return when<Namespaces>(
    () => all().length >= 0,
    () => all(),
  );
}

function namespace(ask: Ask, { name, address }: Found, health: string): Asked<Namespace> {
  const rqlite = place(ask, address, BLOCK.rqlite);
  const memberlist = place(ask, address, BLOCK.memberlist);
  const gateway = place(ask, address, BLOCK.gateway);
  const status = ask.after(rqlite, (to) => ask.http({ to: `http://${to}`, path: '/status' }, jsonBody));
  const readyz = ask.after(status, () => ask.http({ to: `http://${rqlite()}`, path: '/readyz' }, (answer) => answer));
  const told = ask.after(gateway, (to): Answer<HttpAnswer> => ask.http({ to: `http://${to}`, path: health }, (answer) => answer));
  const at = () => portOf(address());
  return {
    name,
    port_base: at,
    rqlite_up: () => at() > 0 && present(rqlite) && works(status),
    rqlite_state: () => status().at('store', 'raft', 'state').text,
    rqlite_leader: () => leaderOf(status().at('store', 'leader')),
    rqlite_ready: () => status().given && works(readyz) && readyz().status === 200,
    olric_up: () => at() > 0 && present(memberlist),
    gateway_up: () => at() > 0 && present(gateway) && works(told),
    gateway_status: () => told().status,
  };
}

/** Where a program of the block may be asked; an Unknown where the block is not known, or nothing listens on the port. */
function place(ask: Ask, address: () => string, offset: number): Answer<string> {
  const start = ask.all([], address);
  return ask.after(start, (at) => placeOf(ask, `${at.slice(0, at.lastIndexOf(':'))}:${portOf(at) + offset}`));
}

function portOf(address: string): number {
  return Number(address.slice(address.lastIndexOf(':') + 1));
}

function leaderOf(leader: Json): string {
  const addr = typeof leader.value === 'string' ? leader.value : leader.at('addr').text;
  if (addr === '') throw absent('it knows no leader');
  return addr;
}
