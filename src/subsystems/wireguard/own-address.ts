import { ipv4, sameNetwork } from '../../core/ipv4.ts';
import type { Ipv4Route } from '../../core/ipv4-routes.ts';
import { absent, failed } from '../../core/unknown.ts';

/**
 * The interface's IPv4 address. The kernel's tables do not say which interface has which address, so: the one local address whose
 * narrowest direct route leads out of this interface, else (a `/32`, as wg-quick likes) the one that no route but a default covers.
 */
export function ownAddress(name: string, routes: readonly Ipv4Route[], locals: readonly string[]): string {
  const owner = (address: string) => ownersOf(address, routes);
  const [first, ...more] = locals.filter((address) => owner(address).includes(name) && owner(address).length === 1);
  if (first !== undefined && more.length === 0) return first;
  if (!routes.some((route) => route.interface === name && route.gateway === 0)) throw absent(`no IPv4 route leads out of ${name}`);
  const [lone, ...others] = first === undefined ? locals.filter((address) => owner(address).length === 0) : [];
  if (lone !== undefined && others.length === 0) return lone;
  throw failed(`the kernel's tables do not tell which address is that of ${name}`);
}

/** The interfaces out of which the narrowest direct routes to the address lead; a route to just this address says nothing. */
function ownersOf(address: string, routes: readonly Ipv4Route[]): string[] {
  const at = ipv4(address) ?? 0;
  const fitting = routes.filter(({ network, bits, gateway }) => gateway === 0 && bits > 0 && bits < 32 && sameNetwork(network, at, bits));
  const narrowest = Math.max(...fitting.map(({ bits }) => bits));
  return [...new Set(fitting.filter(({ bits }) => bits === narrowest).map((route) => route.interface))];
}
