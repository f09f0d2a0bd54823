import { onNode } from '../../core/command.ts';
import { PROFILES } from '../../core/profile.ts';
import { type Rule, rule } from '../../core/rule.ts';
import { ageInWords, count, listed, many, percent } from '../../core/units.ts';
import { firewallRules } from './firewall-rules.ts';
import { routeRules } from './route-rules.ts';
import { isLossy, LOSSY } from './lossy.ts';
import type { Network, NetworkInterface } from './section.ts';

const retransmission = rule<Network>()({
  name: 'retransmission',
  severity: 'warning',
  about:
    'TCP has to send a good part of what it sends again, for it is lost on the way; levels in percent and in segments, below which nothing is said.',
  source: 'Orama: 5 %; counted between two looks and not since boot, and only over enough segments',
  levels: LOSSY,
  needs: ['tcp_retrans_pct'],
  find: (section, levels) => {
    if (!isLossy(section, levels)) return [];
    const { tcp_retrans_pct, tcp_segments_new: sent, tcp_retrans_new: repeated, rates_over_s } = section;
    const again = percent(tcp_retrans_pct, true);
    const counted =
      sent === null || repeated === null
        ? `${again} sent again`
        : `${count(repeated)} of ${count(sent)} segments sent again${over(rates_over_s)}`;
    return [
      {
        subject: 'tcp',
        message: `TCP sent ${again} of its segments again (limit ${levels.again_pct}%): packets are lost on the way`,
        evidence: {
          asked: '/proc/net/snmp',
          answered: counted,
          limit: `${levels.again_pct}% of at least ${levels.least_segments} segments`,
        },
        next: onNode`ss -Hti state established`,
      },
    ];
  },
});

const conntrack = rule<Network>()({
  name: 'conntrack',
  severity: 'warning',
  about: 'The table of tracked connections is nearly full: once it is, new connections are dropped without a word; levels in percent.',
  source: 'our own: 80 and 95',
  levels: { warning: 80, critical: 95 },
  needs: ['conntrack'],
  find: ({ conntrack: { count: used, max, use_pct } }, { warning, critical }) =>
    use_pct <= warning
      ? []
      : [
          {
            subject: 'conntrack',
            severity: use_pct > critical ? ('critical' as const) : ('warning' as const),
            message: `The table of tracked connections is ${percent(use_pct)} full (limit ${use_pct > critical ? critical : warning}%): once it is full, new connections are dropped`,
            evidence: {
              asked: '/proc/sys/net/netfilter/nf_conntrack_count',
              answered: `${count(used)} of ${count(max)}`,
              limit: `warning above ${warning}%, critical above ${critical}%`,
            },
            next: onNode`sudo head -n 50 /proc/net/nf_conntrack`,
          },
        ],
});

const interfaceErrors = rule<Network>()({
  name: 'interface-errors',
  severity: 'warning',
  about:
    'An interface has damaged packets: a cable, a port or a driver; levels in percent of its packets and in packets, below which nothing is said.',
  source: 'our own',
  levels: { share_pct: 0.1, least: 10 },
  needs: ['interfaces'],
  find: (section, { share_pct, least }, { node }) =>
    section.interfaces
      // WireGuard counts what it could not send to a silent peer as an error: that is the mesh's own finding.
      .filter((each) => !PROFILES[node.profile].wireguard.interfaces.includes(each.name) && isMuch(each, each.errors_new, share_pct, least))
      .map((each) => ({
        subject: each.name,
        message: `${each.name} has ${many(each.errors_new ?? 0, 'damaged packet')}${over(section.rates_over_s)}: probably its cable, its port or its driver`,
        evidence: losses(section, each, `${count(each.errors_new ?? 0)} in error`, share_pct),
        next: onNode`ip -s -s link show dev ${each.name}`,
      })),
});

const interfaceDrops = rule<Network>()({
  name: 'interface-drops',
  severity: 'warning',
  about:
    'An interface drops packets, for the machine cannot keep up or a queue is full; levels in percent of its packets and in packets, below which nothing is said.',
  source: 'our own: a few are usual, for the kernel also counts packets that nobody here understands',
  levels: { share_pct: 1, least: 100 },
  needs: ['interfaces'],
  find: (section, { share_pct, least }) =>
    section.interfaces
      .filter((each) => isMuch(each, each.drops_new, share_pct, least))
      .map((each) => ({
        subject: each.name,
        message: `${each.name} dropped ${many(each.drops_new ?? 0, 'packet')}${over(section.rates_over_s)}, ${percent(share(each, each.drops_new), true)} of all (limit ${share_pct}%)`,
        evidence: losses(section, each, `${count(each.drops_new ?? 0)} dropped`, share_pct),
        next: onNode`ip -s -s link show dev ${each.name}`,
      })),
});

function isMuch(each: NetworkInterface, lost: number | null, share_pct: number, least: number): boolean {
  return lost !== null && lost >= least && share(each, lost) > share_pct;
}

/** Of the packets that went through and those that did not, in percent. */
function share({ packets_new: passed }: NetworkInterface, lost: number | null): number {
  const all = (passed ?? 0) + (lost ?? 0);
  return all === 0 ? 0 : ((lost ?? 0) / all) * 100;
}

function losses({ rates_over_s }: Network, { packets_new: passed }: NetworkInterface, lost: string, limit: number) {
  return { asked: '/proc/net/dev', answered: `${lost} beside ${count(passed ?? 0)} packets${over(rates_over_s)}`, limit: `${limit}%` };
}

function over(seconds: number | null): string {
  return seconds === null ? '' : ` in ${ageInWords(seconds)}`;
}

const portSilent = rule<Network>()({
  name: 'port-silent',
  severity: 'warning',
  about: 'Nobody listens on a port that the node’s own file names.',
  source: 'our own: network.ports in node.yaml',
  levels: {},
  needs: ['expected_ports'],
  find: ({ expected_ports: expected, listening_ports: listening }) =>
    expected
      .filter(({ held }) => held === false)
      .map(({ port, proto }) => ({
        subject: `${port}/${proto}`,
        message: `Nobody listens on port ${port}/${proto}, and this node should`,
        evidence: { asked: `/proc/net/${proto}`, answered: held(listening ?? [], proto), limit: `${port}/${proto}` },
        next: onNode`sudo ss -Hltunp sport = :${port}`,
      })),
});

function held(listening: NonNullable<Network['listening_ports']>, proto: string): string {
  const own = listening.filter((each) => each.proto === proto).map(({ port }) => port);
  if (own.length === 0) return `nothing listens on ${proto}`;
  return `${proto} ${listed(own.slice(0, 12).map(String))}${own.length > 12 ? ` and ${own.length - 12} more` : ''}`;
}

/** What may be wrong with a machine's network. */
export const rules: readonly Rule[] = [
  ...routeRules,
  ...firewallRules,
  retransmission,
  conntrack,
  interfaceErrors,
  interfaceDrops,
  portSilent,
];
