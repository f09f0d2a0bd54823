import { absent, failed, unparsed } from '../../core/unknown.ts';
import { ipv4, sameNetwork } from './ipv4.ts';

/** A route of the main table that leads straight out of an interface. */
export interface DirectRoute {
  interface: string;
  network: number;
  bits: number;
}

/** Direct routes in /proc/net/route, whose addresses are hexadecimal in the machine's byte order (little endian). */
export function directRoutes(text: string): DirectRoute[] {
  const [title = '', ...lines] = text.split('\n').filter((line) => line.trim() !== '');
  if (!title.startsWith('Iface')) throw unparsed('no title line of /proc/net/route');
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , gateway]) => gateway === '00000000')
    .map(([name = '', network = '', , , , , , mask = '']) => ({ interface: name, network: turned(network), bits: bitsOf(turned(mask)) }));
}

function turned(hex: string): number {
  if (!/^[0-9A-F]{8}$/i.test(hex)) throw unparsed('an address of /proc/net/route is not 8 hexadecimal digits');
  return [6, 4, 2, 0].reduce((sum, at) => sum * 256 + Number.parseInt(hex.slice(at, at + 2), 16), 0);
}

function bitsOf(mask: number): number {
  return mask.toString(2).replaceAll('0', '').length;
}

/** This machine's own IPv4 addresses in /proc/net/fib_trie: each `/32 host LOCAL` belongs to the address above it. Loopback is left out. */
export function localAddresses(text: string): string[] {
  const found = new Set<string>();
  let address = '';
  for (const line of text.split('\n')) {
    const leaf = /^\s*\|--\s+(\S+)/.exec(line)?.[1];
    if (leaf !== undefined) address = leaf;
    else if (/^\s*\/32 host LOCAL/.test(line) && ipv4(address) !== null && !address.startsWith('127.')) found.add(address);
  }
  if (found.size === 0) throw unparsed('no local address in /proc/net/fib_trie');
  return [...found];
}

/**
 * The interface's IPv4 address. The kernel's tables do not say which interface has which address, so: the one local address whose
 * narrowest direct route leads out of this interface, else (a `/32`, as wg-quick likes) the one that no route but a default covers.
 */
export function ownAddress(name: string, routes: readonly DirectRoute[], locals: readonly string[]): string {
  const owner = (address: string) => ownersOf(address, routes);
  const [first, ...more] = locals.filter((address) => owner(address).includes(name) && owner(address).length === 1);
  if (first !== undefined && more.length === 0) return first;
  if (!routes.some((route) => route.interface === name)) throw absent(`no IPv4 route leads out of ${name}`);
  const [lone, ...others] = first === undefined ? locals.filter((address) => owner(address).length === 0) : [];
  if (lone !== undefined && others.length === 0) return lone;
  throw failed(`the kernel's tables do not tell which address is that of ${name}`);
}

/** The interfaces out of which the narrowest direct routes to the address lead; a route to just this address says nothing. */
function ownersOf(address: string, routes: readonly DirectRoute[]): string[] {
  const at = ipv4(address) ?? 0;
  const fitting = routes.filter(({ network, bits }) => bits > 0 && bits < 32 && sameNetwork(network, at, bits));
  const narrowest = Math.max(...fitting.map(({ bits }) => bits));
  return [...new Set(fitting.filter(({ bits }) => bits === narrowest).map((route) => route.interface))];
}
