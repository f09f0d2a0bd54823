import { type Ask, type Change, once } from '../../core/ask.ts';
import type { FileText } from '../../core/host.ts';
import type { Asked } from '../../core/section.ts';
import { absent, type Unknown, unparsed } from '../../core/unknown.ts';
import type { NetworkInterface } from './section.ts';

/** What the kernel counted for an interface since it was made. */
export interface Counted {
  rx_bytes: number;
  rx_packets: number;
  rx_errors: number;
  rx_drops: number;
  tx_bytes: number;
  tx_packets: number;
  tx_errors: number;
  tx_drops: number;
}

/** A host of many containers has an interface for each: those that carried most are kept. */
const MOST = 64;

/** Traffic, errors and drops of every interface that ever carried anything, by name. */
export function interfaces(ask: Ask, counted: () => Record<string, Counted>, change: () => Change<Record<string, Counted>>) {
  const states = ask.readEach('/sys/class/net/*/operstate', statesByName);
  return (): Asked<NetworkInterface>[] =>
    Object.entries(counted())
      .filter(([name, now]) => name !== 'lo' && COUNTERS.some((counter) => now[counter] > 0))
      .sort(([, a], [, b]) => b.rx_bytes + b.tx_bytes - a.rx_bytes - a.tx_bytes)
      .slice(0, MOST)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, now]) => fields(name, now, () => states().get(name) ?? absent(`/sys/class/net/${name} is gone`), change));
}

function fields(
  name: string,
  { rx_bytes, tx_bytes, rx_errors, tx_errors, rx_drops, tx_drops }: Counted,
  state: () => string | Unknown,
  change: () => Change<Record<string, Counted>>,
): Asked<NetworkInterface> {
  const grown = once(() => growth(name, change()));
  const perSecond = (bytes: number) => Math.round(bytes / change().seconds);
  return {
    name,
    state,
    ...{ rx_bytes, tx_bytes, rx_errors, tx_errors, rx_drops, tx_drops },
    rx_bytes_per_s: () => perSecond(grown().rx_bytes),
    tx_bytes_per_s: () => perSecond(grown().tx_bytes),
    packets_new: () => grown().rx_packets + grown().tx_packets,
    errors_new: () => grown().rx_errors + grown().tx_errors,
    drops_new: () => grown().rx_drops + grown().tx_drops,
  };
}

/** An interface may have the name of something that every object has. */
function own(counted: Record<string, Counted>, name: string): Counted | undefined {
  return Object.hasOwn(counted, name) ? counted[name] : undefined;
}

function growth(name: string, { before, now }: Change<Record<string, Counted>>): Counted {
  const [earlier, later] = [own(before, name), own(now, name)];
  if (later === undefined) throw absent(`/proc/net/dev does not list ${name} any more`);
  if (earlier === undefined) throw absent('the interface was not there at the earlier look');
  const grown = Object.fromEntries(COUNTERS.map((counter) => [counter, later[counter] - earlier[counter]])) as unknown as Counted;
  if (COUNTERS.some((counter) => !(grown[counter] >= 0))) throw absent('the interface was made anew between two looks');
  return grown;
}

/** Where each counter stands in a line (proc_pid_net(5)): eight of receiving, then eight of sending. */
const COLUMNS = { rx_bytes: 0, rx_packets: 1, rx_errors: 2, rx_drops: 3, tx_bytes: 8, tx_packets: 9, tx_errors: 10, tx_drops: 11 } as const;
const COUNTERS = Object.keys(COLUMNS) as (keyof Counted)[];

/** The counters of /proc/net/dev by interface; a name may hold anything but blanks and `/`. */
export function interfaceCounters(text: string): Record<string, Counted> {
  const [, title = '', ...lines] = text.split('\n').filter((line) => line.trim() !== '');
  if (!title.includes('|bytes')) throw unparsed('no title line of /proc/net/dev');
  return Object.fromEntries(lines.map(counters));
}

function counters(line: string): [string, Counted] {
  const colon = line.lastIndexOf(':');
  const values = line
    .slice(colon + 1)
    .trim()
    .split(/\s+/);
  const counted = Object.fromEntries(COUNTERS.map((counter) => [counter, Number(values[COLUMNS[counter]])])) as unknown as Counted;
  if (colon < 1 || values.length < 16 || !values.every((value) => /^\d+$/.test(value))) throw unparsed('a line is none of /proc/net/dev');
  return [line.slice(0, colon).trim(), counted];
}

function statesByName(files: readonly FileText[]): ReadonlyMap<string, string> {
  return new Map(files.map(({ path, text }) => [path.split('/')[4] ?? '', text.trim()]));
}
