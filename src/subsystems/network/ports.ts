import { type Answer, type Ask, once, orNull } from '../../core/ask.ts';
import type { SocketOwner } from '../../core/host.ts';
import type { ExpectedPort } from '../../core/profile.ts';
import type { Asked, Fields } from '../../core/section.ts';
import { crowded, listening } from '../../core/sockets.ts';
import type { Listener, Protocol } from '../../core/socket-table.ts';
import { absent, denied, unparsed } from '../../core/unknown.ts';
import type { ListeningPort, Network } from './section.ts';

const MOST = 500;

/** Every port on which somebody waits, with the program that holds it. */
export function ports(
  ask: Ask,
  expected: readonly ExpectedPort[],
  ipv6Agrees: (table: () => unknown) => void,
): Fields<Pick<Network, 'listening_ports' | 'listening_count' | 'expected_ports'>> {
  const tables = PROTOCOLS.map((proto) => ({ proto, waiting: listening(ask, proto), six: sixthTable(ask, proto) }));
  const all = ask.all(
    tables.map(({ waiting }) => waiting),
    () => grouped(tables.map(({ proto, waiting }) => [proto, waiting()])),
  );
  const owners = ask.after(all, (held) => ask.owners([...new Set(held.flatMap(({ inodes }) => inodes))].sort((a, b) => a - b)));
  const root = ask.read('/proc/self/status', isRoot);
  const program = once(() => new Map(owners().map((owner) => [owner.inode, owner])));
  const whole = once(() => {
    const held = all();
    for (const { six } of tables) if (orNull(six) !== CROWDED) ipv6Agrees(six);
    return held;
  });
  return {
    listening_ports: () =>
      whole()
        .slice(0, MOST)
        .map((each) => portFields(each, () => holder(each, program(), root))),
    listening_count: () => whole().length,
    expected_ports: expected.map(({ port, proto }) => ({
      port,
      proto,
      held: () => whole().some((each) => each.port === port && each.proto === proto),
    })),
  };
}

const PROTOCOLS: readonly Protocol[] = ['tcp', 'udp'];
const CROWDED = 'crowded';

function sixthTable(ask: Ask, proto: Protocol): Answer<string> {
  return ask.after(crowded(ask), (many) => (many ? ask.all([], () => CROWDED) : ask.read(`/proc/net/${proto}6`)));
}

interface HeldPort {
  proto: Protocol;
  port: number;
  addresses: string[];
  inodes: number[];
}

/** One for each port and protocol, in order. */
function grouped(tables: readonly (readonly [Protocol, readonly Listener[]])[]): HeldPort[] {
  const found = new Map<string, HeldPort>();
  for (const [proto, waiting] of tables) {
    for (const { port, address, inode } of waiting) {
      const held = found.get(`${port}/${proto}`) ?? { proto, port, addresses: [], inodes: [] };
      found.set(`${port}/${proto}`, held);
      if (!held.addresses.includes(address)) held.addresses.push(address);
      held.inodes.push(inode);
    }
  }
  return [...found.values()].sort((a, b) => a.port - b.port || (a.proto < b.proto ? -1 : 1));
}

function portFields({ port, proto, addresses }: HeldPort, process: () => string): Asked<ListeningPort> {
  return { port, proto, process, addresses: [...addresses].sort() };
}

/** The first program found; a socket that root finds with no process is the kernel's own, as WireGuard's is. */
function holder({ inodes }: HeldPort, owners: ReadonlyMap<number, SocketOwner>, root: () => boolean): string {
  const name = inodes.flatMap((inode) => owners.get(inode)?.program ?? []).find((program) => program !== '');
  if (name !== undefined) return name;
  if (root()) throw absent('no process holds it: the kernel itself, or a process of another container');
  throw denied('the program that listens may not be seen by this user');
}

/** Whether the process that asks may see everything, by /proc/self/status. */
function isRoot(text: string): boolean {
  const [, effective] = /^Uid:\s+\d+\s+(\d+)\s/m.exec(text) ?? [];
  if (effective === undefined) throw unparsed('no line Uid');
  return effective === '0';
}
