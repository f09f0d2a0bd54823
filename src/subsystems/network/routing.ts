import type { Ask } from '../../core/ask.ts';
import { orNull, present } from '../../core/ask.ts';
import { ipv4Text } from '../../core/ipv4.ts';
import { type Ipv4Route, ipv4Routes, localIpv4Addresses } from '../../core/ipv4-routes.ts';
import type { Fields } from '../../core/section.ts';
import { ipv6Text } from '../../core/socket-table.ts';
import { absent, failed, unparsed } from '../../core/unknown.ts';
import type { Network } from './section.ts';

type RoutingFields = Pick<Network, 'default_route' | 'default_gateway' | 'default_interface' | 'wg_route_exists' | 'addresses'>;

/** Where what leaves this machine goes, and under which addresses it is known. `mesh` names the interfaces of the mesh. */
export function routing(ask: Ask, links: () => readonly string[], mesh: readonly string[]) {
  const four = ask.read('/proc/net/route', ipv4Routes);
  const six = ask.read('/proc/net/ipv6_route', ipv6Routes);
  const any6 = ask.read('/proc/net/udp6');
  const own4 = ask.read('/proc/net/fib_trie', localIpv4Addresses);

  /** A kernel has IPv6 or has not: a table that is missing alone was kept from us. */
  const ipv6Agrees = (table: () => unknown) => {
    if (present(six) !== present(table)) throw failed('the kernel shows one table of IPv6 and not another');
  };
  const routes6 = () => (present(six) ? six() : []).filter(({ own }) => !own);
  const preferred = () => defaultOf(four(), routes6());
  const fields: Fields<RoutingFields> = {
    default_route: () => preferred() !== null,
    default_gateway: () => told(preferred()).gateway ?? absent('the default route leads straight out of its interface'),
    default_interface: () => told(preferred()).interface,
    wg_route_exists: () => {
      const here = mesh.filter((name) => links().includes(name));
      if (here.length === 0) throw absent(`there is no interface ${mesh.join(' or ') || 'of a mesh'}`);
      const routed = [...four().filter(({ refused }) => !refused), ...(orNull(routes6) ?? [])];
      return routed.some((route) => here.includes(route.interface));
    },
    addresses: () => {
      const own = own4();
      ipv6Agrees(any6);
      return [...own, ...(present(six) ? six() : []).filter((route) => route.own).map(({ network }) => network)];
    },
  };
  return { fields, ipv6Agrees };
}

/** A route of IPv6 that leads beyond one link, or to an address of this machine itself. */
export interface Ipv6Route {
  interface: string;
  network: string;
  /** 0 is the default route. */
  bits: number;
  gateway: string | null;
  metric: number;
  /** Of this machine. */
  own: boolean;
}

/** RTF_UP, RTF_REJECT and RTF_LOCAL of linux/route.h and linux/ipv6_route.h. */
const [UP, REFUSED, LOCAL] = [0x1, 0x200, 0x80000000];
/** Network, its bits, source, its bits, gateway, metric, two counters, flags, interface (rt6_info_route of the kernel). */
const ROUTE =
  /^(?<network>[0-9a-f]{32}) (?<bits>[0-9a-f]{2}) [0-9a-f]{32} [0-9a-f]{2} (?<gateway>[0-9a-f]{32}) (?<metric>[0-9a-f]{8}) [0-9a-f]{8} [0-9a-f]{8} (?<flags>[0-9a-f]{8}) +(?<name>\S+)$/;
/** Of one link, to many, or loopback. */
const NARROW = /^(fe[89ab]|ff|0{31}1)/;

/** The routes of /proc/net/ipv6_route but those that the kernel refuses; it has at least one, which refuses all. */
export function ipv6Routes(text: string): Ipv6Route[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) throw unparsed('not one route');
  return lines.flatMap(ipv6Route);
}

function ipv6Route(line: string): Ipv6Route[] {
  const words = ROUTE.exec(line)?.groups as Record<'network' | 'bits' | 'gateway' | 'metric' | 'flags' | 'name', string> | undefined;
  if (words === undefined) throw unparsed('a line is none of /proc/net/ipv6_route');
  const { network, gateway, name } = words;
  const [bits, metric, flags] = [words.bits, words.metric, words.flags].map((digits) => Number.parseInt(digits, 16)) as [
    number,
    number,
    number,
  ];
  if ((flags & UP) === 0 || (flags & REFUSED) !== 0 || NARROW.test(network)) return [];
  const through = /^0+$/.test(gateway) ? null : ipv6Text(gateway);
  return [{ interface: name, network: ipv6Text(network), bits, gateway: through, metric, own: flags >= LOCAL }];
}

interface DefaultRoute {
  interface: string;
  gateway: string | null;
}

/** The default route that is taken first; IPv4's, where both have one. */
function defaultOf(four: readonly Ipv4Route[], six: readonly Ipv6Route[]): DefaultRoute | null {
  const [first] = four.filter(({ bits, network, refused }) => bits === 0 && network === 0 && !refused).sort((a, b) => a.metric - b.metric);
  if (first !== undefined) return { interface: first.interface, gateway: first.gateway === 0 ? null : ipv4Text(first.gateway) };
  return six.filter(({ bits }) => bits === 0).sort((a, b) => a.metric - b.metric)[0] ?? null;
}

function told(route: DefaultRoute | null): DefaultRoute {
  if (route === null) throw absent('there is no default route');
  return route;
}
