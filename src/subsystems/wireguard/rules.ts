import { onNode } from '../../core/command.ts';
import { isJoining } from '../../core/joining.ts';
import { type Context, type Found, type Next, type Rule, rule } from '../../core/rule.ts';
import type { NodeSnapshot } from '../../core/snapshot.ts';
import { ageInWords } from '../../core/units.ts';
import { fleetRules } from './fleet-rules.ts';
import { nodesByKey, peerName, sectionOf } from './names.ts';
import type { Peer, Wireguard } from './section.ts';
import { STALE_S, standing } from './standing.ts';

const interfaceDown = rule<Wireguard>()({
  name: 'interface-down',
  severity: 'critical',
  about: 'The mesh interface is configured but down or gone, so the node has no link to the others.',
  source: 'Orama',
  levels: {},
  needs: ['interface', 'interface_up'],
  find: ({ interface: name, interface_up: up, config_exists: configured }) =>
    up
      ? []
      : [
          {
            subject: name,
            message: `${name} is down: this node has no link to its mesh`,
            evidence: {
              asked: `/sys/class/net/${name}/flags`,
              answered: configured === true ? `down, though /etc/wireguard/${name}.conf exists` : 'down',
              limit: '',
            },
            next: onNode`journalctl -u wg-quick@${name} -n 50`,
          },
        ],
});

const noPeers = rule<Wireguard>()({
  name: 'no-peers',
  severity: 'warning',
  about: 'The mesh interface is up and lists no peer at all.',
  source: 'Orama: each node has N-1 peers',
  levels: {},
  orama: { severity: 'critical' },
  needs: ['interface', 'peers'],
  find: ({ interface: name, interface_up: up, peers }) =>
    up === false || peers.length > 0
      ? []
      : [
          {
            subject: name,
            message: `${name} is up but lists no peer: nobody can be reached through it`,
            evidence: { asked: 'wg show all', answered: '0 peers', limit: 'at least 1' },
            next: onNode`sudo wg show ${name}`,
          },
        ],
});

const configPerms = rule<Wireguard>()({
  name: 'config-perms',
  severity: 'warning',
  about: 'Others than root may read the configuration, which holds the private key.',
  source: 'Orama: mode 600',
  levels: {},
  needs: ['interface', 'config_perms'],
  find: ({ interface: name, config_perms: mode }) => {
    const path = `/etc/wireguard/${name}.conf`;
    if (mode.endsWith('00')) return [];
    return [
      {
        subject: path,
        message: `${path} has mode ${mode}: others than root may read the private key`,
        evidence: { asked: `mode of ${path}`, answered: mode, limit: '600' },
        next: { say: 'Set its mode back to 600; if the machine has other users, make a new key.' },
      },
    ];
  },
});

const neverShook = rule<Wireguard>()({
  name: 'never-shook-hands',
  severity: 'critical',
  about: 'A peer is configured but no handshake with it ever came about since the interface is up.',
  source: 'Orama',
  levels: {},
  needs: ['interface', 'peers'],
  find: (section, _levels, context) =>
    told(section).flatMap((peer) => {
      const stands = standing(peer, section);
      if (stands !== 'never' && stands !== 'waiting') return [];
      const name = peerName(peer.public_key, context.snapshot);
      // Without an endpoint and in no node's name it may be a phone that has not called yet.
      const mayWait = stands === 'waiting' && !nodesByKey(context.snapshot).has(peer.public_key);
      return [
        {
          ...about(peer, context, mayWait),
          message: `${name} never shook hands with this node over ${section.interface}`,
          evidence: {
            asked: 'wg show all',
            answered: `peer ${peer.public_key.slice(0, 8)} has no handshake, endpoint ${peer.endpoint ?? 'not known'}`,
            limit: '',
          },
          next: nextFor(peer, section.interface),
        },
      ];
    }),
});

const stale = rule<Wireguard>()({
  name: 'handshake-stale',
  severity: 'warning',
  about: 'A peer to which something is sent has not shaken hands for longer than WireGuard ever waits.',
  source: 'Orama: 3 min; only with keepalive or traffic, since an idle peer needs no handshake',
  levels: { stale_s: STALE_S },
  needs: ['interface', 'peers'],
  find: (section, { stale_s }, context) =>
    told(section).flatMap((peer) => {
      if (standing(peer, section, stale_s) !== 'silent') return [];
      const age = ageInWords(peer.handshake_age_sec ?? 0);
      return [
        {
          ...about(peer, context, false),
          message: `${peerName(peer.public_key, context.snapshot)} is silent for ${age} over ${section.interface} (limit ${ageInWords(stale_s)})`,
          evidence: { asked: 'wg show all', answered: `latest handshake ${age} ago, ${sending(peer)}`, limit: ageInWords(stale_s) },
          next: nextFor(peer, section.interface),
        },
      ];
    }),
});

/** The peers that are worth a word: none while the interface itself is down. */
function told({ interface_up: up, peers }: Wireguard): readonly Peer[] {
  return up === false ? [] : (peers ?? []);
}

function sending({ keepalive }: Peer): string {
  return keepalive === null ? 'though bytes were sent since the last report' : `though a keepalive goes out every ${keepalive} s`;
}

/** What is common to the findings on one peer: whom it is about, what explains it, and how bad it is while a node is joining. */
function about(
  { public_key: key }: Peer,
  { node, snapshot }: Context,
  mild: boolean,
): Pick<Found, 'subject' | 'about' | 'follows' | 'severity'> {
  const subject = peerName(key, snapshot);
  const other = nodesByKey(snapshot).get(key);
  const info = mild || isJoining(node) || isJoining(other);
  const follows = other === undefined ? null : explainedBy(sectionOf(node), node.name, other);
  return {
    subject,
    ...(info ? { severity: 'info' as const } : {}),
    ...(other === undefined ? {} : { about: other.name }),
    ...(follows === null ? {} : { follows }),
  };
}

/** The finding on the other node that explains why this one does not hear it. */
function explainedBy(own: Wireguard | null, node: string, other: NodeSnapshot): NonNullable<Found['follows']> | null {
  const section = sectionOf(other);
  if (section === null || section.interface === null) return null;
  const at = { node: other.name, subject: section.interface };
  if (section.interface_up === false) return { ...at, rule: 'wireguard/interface-down' };
  if (section.peers?.length === 0) return { ...at, rule: 'wireguard/no-peers' };
  const listed = section.peers?.some(({ public_key: key }) => key === own?.public_key) ?? true;
  return listed ? null : { node: other.name, rule: 'wireguard/asymmetry', subject: node };
}

function nextFor({ allowed_ips: allowed, endpoint }: Peer, name: string): Next {
  const alone = /^([0-9.]+)\/32(,|$)/.exec(allowed)?.[1];
  return alone === undefined || endpoint === null ? onNode`sudo wg show ${name}` : onNode`ping -c 3 ${alone}`;
}

/** What may be wrong with a mesh, seen from one node and across nodes. */
export const rules: readonly Rule[] = [interfaceDown, noPeers, configPerms, neverShook, stale, ...fleetRules];
