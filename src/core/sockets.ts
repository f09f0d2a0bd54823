import { type Answer, type Ask, present } from './ask.ts';
import { absent, unparsed } from './unknown.ts';

/** A socket that waits for anybody. */
export interface Listener {
  address: string;
  port: number;
  inode: number;
}

const kept = { tcp: new WeakMap<Ask, Answer<readonly Listener[]>>(), udp: new WeakMap<Ask, Answer<readonly Listener[]>>() };

/** The waiting sockets of both families, read once for all collectors; a kernel without IPv6 has only one table. */
export function listening(ask: Ask, protocol: 'tcp' | 'udp'): Answer<readonly Listener[]> {
  const found = kept[protocol].get(ask) ?? bothFamilies(ask, protocol);
  kept[protocol].set(ask, found);
  return found;
}

function bothFamilies(ask: Ask, protocol: 'tcp' | 'udp'): Answer<readonly Listener[]> {
  const four = ask.read(`/proc/net/${protocol}`, (text) => listeners(text, protocol));
  const six = ask.read(`/proc/net/${protocol}6`, (text) => listeners(text, protocol));
  return ask.all([four, six], () => [...four(), ...(present(six) ? six() : [])]);
}

/** TCP that listens, UDP that is bound and not connected (include/net/tcp_states.h). */
const WAITING = { tcp: '0A', udp: '07' };

/** The waiting sockets of a table such as /proc/net/tcp or udp6 (proc_net(5)). */
export function listeners(text: string, protocol: 'tcp' | 'udp'): Listener[] {
  const [title = '', ...lines] = text.split('\n').filter((line) => line !== '');
  if (!title.includes('local_address')) throw unparsed('no title line of a table of sockets');
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter((words) => words[3] === WAITING[protocol])
    .map((words) => {
      const [address = '', port = ''] = (words[1] ?? '').split(':');
      return { address: addressOf(address), port: Number.parseInt(port, 16), inode: Number(words[9]) };
    });
}

/** Words of 32 bits, each in the byte order of the machine (little endian). */
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => [6, 4, 2, 0].map((at) => word.slice(at, at + 2)));
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
  if (bytes.length !== 16) throw unparsed('an address of the table is neither IPv4 nor IPv6');
  const groups = [0, 2, 4, 6, 8, 10, 12, 14].map((at) => Number.parseInt(`${bytes[at]}${bytes[at + 1]}`, 16).toString(16));
  return groups.every((group) => group === '0') ? '::' : groups.join(':');
}

/** systemd-resolved's stubs serve only the machine itself. */
const STUBS = ['127.0.0.53', '127.0.0.54'];

/** The sockets on just this port. */
export function onPort(sockets: readonly Listener[], port: number): Listener[] {
  return sockets.filter((socket) => socket.port === port && !STUBS.includes(socket.address));
}

/** Where to ask what is meant by `HOST:PORT`: there if it listens on that or on all addresses, else at the first that it has. */
export function askableAt(sockets: readonly Listener[], wanted: string): string {
  const at = wanted.lastIndexOf(':');
  const [host, port] = [wanted.slice(0, at), wanted.slice(at + 1)];
  const own = onPort(sockets, Number(port));
  const [first] = own;
  if (first === undefined) throw absent(`nothing listens on port ${port}`);
  if (own.some(({ address }) => ['0.0.0.0', '::', host].includes(address))) return wanted;
  return `${first.address.includes(':') ? `[${first.address}]` : first.address}:${port}`;
}
