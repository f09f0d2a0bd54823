import { onNode } from '../../core/command.ts';
import { mildWhileJoining } from '../../core/joining.ts';
import { CLUSTER, type Context, type Found, fleetRule, type Rule, rule } from '../../core/rule.ts';
import { listed } from '../../core/units.ts';
import type { Anyone } from './section.ts';

const notBootstrapped = rule<Anyone>()({
  name: 'not-bootstrapped',
  severity: 'warning',
  about: 'The relay or client runs but has not joined its network.',
  source: 'Orama',
  levels: { pct: 100 },
  needs: ['bootstrap_pct'],
  find: (section, { pct }, context) => {
    const { bootstrap_pct: done, bootstrap_summary: summary, bootstrap_warning: warning } = section;
    if (done >= pct || !isRunning(section)) return [];
    const why = warning === null || warning === '' ? '' : `: ${warning}`;
    return [
      {
        ...mildWhileJoining(context.node),
        subject: 'anon',
        message: `Anyone ${section.mode ?? ''} has joined its network to ${done}%${why}`.replace('  ', ' '),
        evidence: {
          asked: section.bootstrap_source === 'log' ? 'the last line Bootstrapped of its log' : 'GETINFO status/bootstrap-phase',
          answered: `${done}%${summary === null || summary === '' ? '' : `, ${summary}`}`,
          limit: `${pct}%`,
        },
        next: onNode`journalctl -u ${unitOf(section)} -n 50`,
        ...withoutInternet(context),
      },
    ];
  },
});

/** A node that reaches nobody cannot join a network. */
function withoutInternet({ node }: Context): Pick<Found, 'follows'> {
  const network = node.report?.network as { internet_reachable?: boolean | null; reach_target?: string | null } | null | undefined;
  return network?.internet_reachable === false
    ? { follows: { rule: 'network/unreachable', subject: network.reach_target ?? 'internet' } }
    : {};
}

const ports = rule<Anyone>()({
  name: 'port-silent',
  severity: 'warning',
  about: 'The relay or client runs, but nothing listens on the port that others need.',
  source: "Orama's inspector",
  levels: {},
  needs: [],
  find: (section, _levels, context) => {
    const wanted = [
      ...(section.client_active === true && section.socks_listening === false
        ? [['SOCKS', 'programs of this node cannot use the network'] as const]
        : []),
      ...(section.relay_active === true && section.orport_listening === false
        ? [['OR', 'no other relay can reach this one'] as const]
        : []),
    ];
    return wanted.map(([port, so]) => ({
      ...mildWhileJoining(context.node),
      subject: port,
      message: `Anyone ${section.mode ?? ''} runs, but nothing listens on its ${port} port: ${so}`.replace('  ', ' '),
      evidence: { asked: '/proc/net/tcp', answered: `no socket on the ${port} port`, limit: 'one that listens' },
      next: onNode`journalctl -u ${unitOf(section)} -n 50`,
    }));
  },
});

const cloned = fleetRule<Anyone>()({
  name: 'duplicate-fingerprint',
  severity: 'critical',
  about: 'Two relays have the same identity, often by a cloned machine: the network drops one of them.',
  source: 'our own',
  levels: {},
  compare: (fleet) => {
    const known = fleet.filter(({ section }) => section.fingerprint !== null);
    return [...Map.groupBy(known, ({ section }) => section.fingerprint ?? '')]
      .filter(([, at]) => at.length > 1)
      .map(([fingerprint, at]) => {
        const names = listed(at.map(({ node }) => node.name));
        return {
          node: CLUSTER,
          subject: fingerprint.slice(0, 8),
          message: `${names} have the same relay identity ${fingerprint.slice(0, 8)}: the network drops all but one`,
          evidence: { asked: 'the file fingerprint', answered: `${fingerprint} on ${names}`, limit: 'one relay an identity' },
          next: { say: 'Give the cloned machine an identity of its own.' },
        };
      });
  },
});

function isRunning({ relay_active, client_active }: Anyone): boolean {
  return relay_active === true || client_active === true;
}

function unitOf({ client_active }: Anyone): string {
  return client_active === true ? 'orama-anyone-client' : 'orama-anyone-relay';
}

/** What may be wrong with a relay or client of Anyone. */
export const rules: readonly Rule[] = [notBootstrapped, ports, cloned];
