import { unparsed } from './unknown.ts';

/** A socket that waits for anybody. */
export interface Listener {
  address: string;
  port: number;
  inode: number;
}

export type Protocol = 'tcp' | 'udp';

/** The states of a TCP connection by their numbers in the tables (include/net/tcp_states.h). */
const STATES: Readonly<Record<string, TcpState>> = {
  '01': 'established',
  '02': 'syn_sent',
  '03': 'syn_recv',
  '04': 'fin_wait1',
  '05': 'fin_wait2',
  '06': 'time_wait',
  '07': 'close',
  '08': 'close_wait',
  '09': 'last_ack',
  '0A': 'listen',
  '0B': 'closing',
  // A request that the kernel has not made a socket of yet.
  '0C': 'syn_recv',
};

export type TcpState =
  | 'established'
  | 'syn_sent'
  | 'syn_recv'
  | 'fin_wait1'
  | 'fin_wait2'
  | 'time_wait'
  | 'close'
  | 'close_wait'
  | 'last_ack'
  | 'listen'
  | 'closing';

/** TCP that listens, UDP that is bound and not connected. */
const WAITING: Readonly<Record<Protocol, string>> = { tcp: '0A', udp: '07' };

/** The waiting sockets of a table such as /proc/net/tcp or udp6 (proc_net(5)). */
export function listeners(text: string, protocol: Protocol): Listener[] {
  return socketLines(text)
    .filter((words) => words[3] === WAITING[protocol])
    .map((words) => {
      const [address = '', port = ''] = (words[1] ?? '').split(':');
      if (!/^[0-9A-F]{4}$/i.test(port) || !/^\d+$/.test(words[9] ?? '')) throw unparsed('a line of the table has no port or no inode');
      return { address: addressOf(address), port: Number.parseInt(port, 16), inode: Number(words[9]) };
    });
}

/** How many sockets of a table of TCP are in which state; states in which there is none are left out. */
export function tcpStates(text: string): Partial<Record<TcpState, number>> {
  const counts: Partial<Record<TcpState, number>> = {};
  for (const words of socketLines(text)) {
    const state = STATES[words[3] ?? ''];
    if (state === undefined) throw unparsed(`"${(words[3] ?? '').slice(0, 20)}" is no state of TCP`);
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

function socketLines(text: string): string[][] {
  const [title = '', ...lines] = text.split('\n').filter((line) => line !== '');
  if (!title.includes('local_address')) throw unparsed('no title line of a table of sockets');
  return lines.map((line) => line.trim().split(/\s+/));
}

/** Words of 32 bits, each in the byte order of the machine (little endian). */
function addressOf(hex: string): string {
  if (!/^([0-9A-F]{8}|[0-9A-F]{32})$/i.test(hex)) throw unparsed('an address of the table is neither IPv4 nor IPv6');
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => [6, 4, 2, 0].map((at) => word.slice(at, at + 2)));
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
  return ipv6Text(bytes.join(''));
}

/** The address of 32 hexadecimal digits in groups without leading zeros; only that of all addresses is shortened. */
export function ipv6Text(digits: string): string {
  const groups = (digits.match(/.{4}/g) ?? []).map((group) => Number.parseInt(group, 16).toString(16));
  return groups.every((group) => group === '0') ? '::' : groups.join(':');
}

/** The waiting sockets as `ss -ltune` lists them: protocol, state, two queues, address and port, then more, with the inode as `ino:N`. */
export function shownListeners(text: string, protocol: Protocol): Listener[] {
  const [title = '', ...lines] = text.split('\n');
  if (!title.startsWith('Netid')) throw unparsed('no title line of ss');
  return lines
    .filter((line) => line.startsWith(`${protocol} `))
    .map((line) => {
      const [, address, port] = /^\S+\s+\S+\s+\d+\s+\d+\s+(\S+):(\d+)\s/.exec(line) ?? [];
      if (address === undefined) throw unparsed('a line of ss has no address and port');
      return { address: plainAddress(address), port: Number(port), inode: Number(/\sino:(\d+)/.exec(line)?.[1] ?? 0) };
    });
}

/** `*` is all of both families; an address may have its interface behind it. */
function plainAddress(text: string): string {
  const bare = text.replace(/%[^\]]*/, '').replace(/^\[(.*)\]$/, '$1');
  return bare === '*' ? '::' : bare;
}
