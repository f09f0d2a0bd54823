import { onNode } from '../../core/command.ts';
import { PROFILES } from '../../core/profile.ts';
import { type Found, type Rule, rule } from '../../core/rule.ts';
import type { Network } from './section.ts';

const unreachable = rule<Network>()({
  name: 'unreachable',
  severity: 'warning',
  about: 'The machine cannot connect to the target that its profile or its own file names.',
  source: 'Orama',
  levels: {},
  needs: ['internet_reachable'],
  find: ({ internet_reachable: reachable, reach_target: target, reach_error: why, default_route: routed }) =>
    reachable
      ? []
      : [
          {
            subject: target ?? 'internet',
            message:
              target === null
                ? 'The internet cannot be reached'
                : `${target} cannot be reached${why === null || why === '' ? '' : `: ${why}`}`,
            evidence: { asked: target === null ? 'ping' : `a TCP connection to ${target}`, answered: why || 'no answer', limit: '' },
            next: target === null ? onNode`ip route show default` : onNode`ping -c 3 ${hostOf(target)}`,
            ...(routed === false ? { follows: { rule: 'network/default-route', subject: 'default' } } : {}),
          },
        ],
});

const defaultRoute = rule<Network>()({
  name: 'default-route',
  severity: 'critical',
  about:
    'There is no default route, and what the machine must reach is out of reach; a machine that need not reach anything may do without.',
  source: "Orama's inspector",
  levels: {},
  needs: ['default_route', 'internet_reachable'],
  find: ({ default_route: routed, internet_reachable: reachable }) =>
    routed || reachable
      ? []
      : [
          {
            subject: 'default',
            message: 'There is no default route: nothing beyond its own networks can be reached from this node',
            evidence: { asked: '/proc/net/route and ipv6_route', answered: 'no default route', limit: 'one' },
            next: onNode`ip route show table all`,
          },
        ],
});

const meshRoute = rule<Network>()({
  name: 'mesh-route',
  severity: 'warning',
  about: 'The mesh interface is there, but no route leads into it. In profile orama only: elsewhere routes may be kept in another table.',
  source: "Orama's inspector",
  levels: {},
  needs: ['wg_route_exists'],
  find: ({ wg_route_exists: routed }, _levels, { node }): Found[] => {
    const name = PROFILES[node.profile].wireguard.interfaces[0];
    if (routed || node.profile !== 'orama' || name === undefined) return [];
    return [
      {
        subject: name,
        message: `No route leads into ${name}: no other node of the mesh can be reached`,
        evidence: { asked: '/proc/net/route', answered: `no route by ${name}`, limit: 'one' },
        next: onNode`ip route show dev ${name}`,
        follows: { rule: 'wireguard/interface-down', subject: name },
      },
    ];
  },
});

/** Without its port, and an IPv6 address without brackets. */
function hostOf(target: string): string {
  return target.slice(0, target.lastIndexOf(':')).replace(/^\[(.*)\]$/, '$1');
}

/** What may be wrong with the way out of a machine. */
export const routeRules: readonly Rule[] = [defaultRoute, unreachable, meshRoute];
