import type { Answer, Ask, Change } from '../../core/ask.ts';
import { bothFamilies, crowded } from '../../core/sockets.ts';
import { type TcpState, tcpStates } from '../../core/socket-table.ts';
import type { Fields } from '../../core/section.ts';
import { absent, unparsed } from '../../core/unknown.ts';
import { tenths } from '../../core/tenths.ts';
import type { Network } from './section.ts';

type TcpFields = Pick<
  Network,
  'tcp_established' | 'tcp_time_wait' | 'tcp_states' | 'tcp_retrans_pct' | 'tcp_segments_new' | 'tcp_retrans_new'
>;

/** What TCP has open, and how much it had to send again between two looks. */
export function tcpFields(ask: Ask, ipv6Agrees: (table: () => unknown) => void): Fields<TcpFields> {
  const many = crowded(ask);
  const counters = ask.read('/proc/net/snmp', tcpCounters);
  const waiting = ask.read('/proc/net/sockstat', timeWait);
  const six = ask.after(
    many,
    uncrowded(() => ask.read('/proc/net/tcp6')),
  );
  const states = ask.after(
    many,
    uncrowded(() => bothFamilies(ask, 'tcp', (text) => [tcpStates(text)])),
  );
  const change = ask.change('network.tcp', (at) => at.read('/proc/net/snmp', tcpCounters));
  const byState = () => {
    const tables = states();
    ipv6Agrees(six);
    return summed(tables);
  };
  return {
    tcp_established: () => (many() ? counters().established : (byState().established ?? 0)),
    tcp_time_wait: waiting,
    tcp_states: () => byState() as Record<string, number>,
    tcp_retrans_pct: () => tenths((grown(change(), 'again') / sent(change())) * 100),
    tcp_segments_new: () => grown(change(), 'out') + grown(change(), 'again'),
    tcp_retrans_new: () => grown(change(), 'again'),
  };
}

function uncrowded<T>(next: () => Answer<T>): (crowd: boolean) => Answer<T> {
  return (crowd) => {
    if (crowd) throw absent('there are too many sockets to count them by state');
    return next();
  };
}

function summed(tables: readonly Partial<Record<TcpState, number>>[]): Partial<Record<TcpState, number>> {
  const sum: Partial<Record<TcpState, number>> = {};
  for (const [state, count] of tables.flatMap((table) => Object.entries(table) as [TcpState, number][]))
    sum[state] = (sum[state] ?? 0) + count;
  return sum;
}

/** Counted since boot. */
export interface TcpCounted {
  established: number;
  /** Segments sent, without those that only repeat. */
  out: number;
  /** Segments sent again. */
  again: number;
}

/** TCP's counters in /proc/net/snmp: a line of names, then a line of values. */
export function tcpCounters(text: string): TcpCounted {
  const [names, values] = text.split('\n').flatMap((line) => (line.startsWith('Tcp: ') ? [line.trim().split(' ')] : []));
  const value = (name: string) => {
    const number = Number(values?.[names?.indexOf(name) ?? -1] ?? Number.NaN);
    if (!Number.isSafeInteger(number)) throw unparsed(`no counter Tcp ${name}`);
    return number;
  };
  return { established: value('CurrEstab'), out: value('OutSegs'), again: value('RetransSegs') };
}

function grown({ before, now }: Change<TcpCounted>, counter: 'out' | 'again'): number {
  const by = now[counter] - before[counter];
  if (!(by >= 0)) throw unparsed('/proc/net/snmp: a counter of TCP went back');
  return by;
}

function sent(change: Change<TcpCounted>): number {
  const all = grown(change, 'out') + grown(change, 'again');
  if (all === 0) throw absent('TCP sent nothing between two looks');
  return all;
}

function timeWait(text: string): number {
  const [, waiting] = /^TCP: inuse \d+ orphan \d+ tw (\d+) /m.exec(text) ?? [];
  if (waiting === undefined) throw unparsed('no line TCP');
  return Number(waiting);
}
