import type { Ask } from '../../core/ask.ts';
import { known } from '../../core/ask.ts';
import type { Profile } from '../../core/profile.ts';
import { type AskedSection, always } from '../../core/section.ts';
import { absent, Unknown, unparsed } from '../../core/unknown.ts';
import { firewall } from './firewall.ts';
import { interfaceCounters, interfaces } from './interfaces.ts';
import { ports } from './ports.ts';
import { routing } from './routing.ts';
import type { Network } from './section.ts';
import { tcpFields } from './tcp.ts';
import { tenths } from '../../core/tenths.ts';

/** What goes in and out of this machine, from the kernel's files: a program is run only where there are thousands of sockets. */
export function collect(ask: Ask, { network, wireguard }: Profile): AskedSection<Network> {
  const counted = ask.read('/proc/net/dev', interfaceCounters);
  const change = ask.change('network.interfaces', (at) => at.read('/proc/net/dev', interfaceCounters));
  const { fields: routes, ipv6Agrees } = routing(ask, () => Object.keys(counted()), wireguard.interfaces);

  return always<Network>({
    ...reach(ask, network.reach),
    ...routes,
    interfaces: interfaces(ask, counted, change),
    ...tcpFields(ask, ipv6Agrees),
    rates_over_s: () => tenths(change().seconds),
    conntrack: conntrack(ask),
    ...ports(ask, network.ports, ipv6Agrees),
    ...firewall(ask),
    ufw_expected: network.ufw,
  });
}

function reach(ask: Ask, target: string | null) {
  if (target === null) {
    const none = absent('no target is named: network.reach in node.yaml');
    return { internet_reachable: none, reach_target: none, reach_error: none };
  }
  const reached = ask.exchange(target);
  return {
    internet_reachable: () => known(reached),
    reach_target: target,
    reach_error: () => reasonOf(reached).replace(`exchange ${target}: `, ''),
  };
}

/** Why there is no answer; empty if there is one. */
function reasonOf(answer: () => string): string {
  try {
    answer();
    return '';
  } catch (error) {
    if (error instanceof Unknown && error.asked) return error.reason;
    throw error;
  }
}

function conntrack(ask: Ask) {
  const count = ask.read('/proc/sys/net/netfilter/nf_conntrack_count', wholeNumber);
  const max = ask.read('/proc/sys/net/netfilter/nf_conntrack_max', wholeNumber);
  return () => {
    const [used, limit] = [count(), max()];
    if (limit === 0) throw absent('the kernel tracks no connections');
    return { count: used, max: limit, use_pct: tenths((used / limit) * 100) };
  };
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text.trim())) throw unparsed('no whole number');
  return Number(text.trim());
}
