import { type Answer, type Ask, orNull, present } from './ask.ts';
import { type Listener, listeners, type Protocol, shownListeners } from './socket-table.ts';
import { absent, unparsed } from './unknown.ts';

/** With more TCP sockets than this the kernel's tables cost more than a program that asks it for the waiting ones only. */
const MOST_SOCKETS = 4_000;

const kept = {
  crowded: new WeakMap<Ask, Answer<boolean>>(),
  tcp: new WeakMap<Ask, Answer<readonly Listener[]>>(),
  udp: new WeakMap<Ask, Answer<readonly Listener[]>>(),
};

/** The waiting sockets of both families, read once for all collectors: from the kernel's tables, on a machine with very many sockets by one `ss`. */
export function listening(ask: Ask, protocol: Protocol): Answer<readonly Listener[]> {
  const found = kept[protocol].get(ask) ?? asked(ask, protocol);
  kept[protocol].set(ask, found);
  return found;
}

function asked(ask: Ask, protocol: Protocol): Answer<readonly Listener[]> {
  return ask.after(crowded(ask), (many) =>
    many
      ? ask.run(['ss', '-ltune'], (text) => shownListeners(text, protocol))
      : bothFamilies(ask, protocol, (text) => listeners(text, protocol)),
  );
}

/** Whether this machine has too many TCP sockets to read them all; where the kernel does not count them, it has not. */
export function crowded(ask: Ask): Answer<boolean> {
  const found = kept.crowded.get(ask) ?? counted(ask);
  kept.crowded.set(ask, found);
  return found;
}

function counted(ask: Ask): Answer<boolean> {
  const count = ask.read('/proc/net/sockstat', tcpSockets);
  return ask.all([count], () => (orNull(count) ?? 0) > MOST_SOCKETS);
}

/** TCP sockets of both families, with those that only wait out their time. */
function tcpSockets(text: string): number {
  const [, waiting, all] = /^TCP: inuse \d+ orphan \d+ tw (\d+) alloc (\d+)/m.exec(text) ?? [];
  if (all === undefined) throw unparsed('no line TCP');
  return Number(waiting) + Number(all);
}

/** What the tables of both families hold; a kernel without IPv6 has only one. */
export function bothFamilies<T>(ask: Ask, protocol: Protocol, parse: (text: string) => readonly T[]): Answer<readonly T[]> {
  const four = ask.read(`/proc/net/${protocol}`, parse);
  const six = ask.read(`/proc/net/${protocol}6`, parse);
  return ask.all([four, six], () => [...four(), ...(present(six) ? six() : [])]);
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
