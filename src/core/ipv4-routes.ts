import { ipv4 } from './ipv4.ts';
import { unparsed } from './unknown.ts';

/** A route of the kernel's main table. Addresses are numbers. */
export interface Ipv4Route {
  interface: string;
  network: number;
  bits: number;
  /** 0 where the network is reached straight. */
  gateway: number;
  /** Lower ones are taken first. */
  metric: number;
  /** The kernel refuses what goes there. */
  refused: boolean;
}

/** RTF_REJECT of linux/route.h. */
const REFUSED = 0x200;

/** Every route in /proc/net/route, whose numbers are hexadecimal, addresses in the machine's byte order (little endian). */
export function ipv4Routes(text: string): Ipv4Route[] {
  const [title = '', ...lines] = text.split('\n').filter((line) => line.trim() !== '');
  if (!title.startsWith('Iface')) throw unparsed('no title line of /proc/net/route');
  return lines.map((line) => {
    const [name = '', network = '', gateway = '', flags = '', , , metric = '', mask = ''] = line.trim().split(/\s+/);
    return {
      interface: name,
      network: turned(network),
      bits: bitsOf(turned(mask)),
      gateway: turned(gateway),
      metric: Number(metric),
      refused: (Number.parseInt(flags, 16) & REFUSED) !== 0,
    };
  });
}

function turned(hex: string): number {
  if (!/^[0-9A-F]{8}$/i.test(hex)) throw unparsed('an address of /proc/net/route is not 8 hexadecimal digits');
  return [6, 4, 2, 0].reduce((sum, at) => sum * 256 + Number.parseInt(hex.slice(at, at + 2), 16), 0);
}

function bitsOf(mask: number): number {
  return mask.toString(2).replaceAll('0', '').length;
}

/** This machine's own IPv4 addresses in /proc/net/fib_trie: each `/32 host LOCAL` belongs to the address above it. Loopback is left out. */
export function localIpv4Addresses(text: string): string[] {
  const found = new Set<string>();
  let address = '';
  for (const line of text.split('\n')) {
    const leaf = /^\s*\|--\s+(\S+)/.exec(line)?.[1];
    if (leaf !== undefined) address = leaf;
    else if (/^\s*\/32 host LOCAL/.test(line) && ipv4(address) !== null && !address.startsWith('127.')) found.add(address);
  }
  if (!/\/32 host LOCAL/.test(text)) throw unparsed('no local address in /proc/net/fib_trie');
  return [...found];
}
