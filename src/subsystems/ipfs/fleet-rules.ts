import { onNode } from '../../core/command.ts';
import { mildWhileJoining } from '../../core/joining.ts';
import { CLUSTER, type Found, fleetRule, type NodeSection, type Rule } from '../../core/rule.ts';
import { listed, many } from '../../core/units.ts';
import type { Ipfs } from './section.ts';

type FoundAt = Found & { node: string };

const notConnected = fleetRule<Ipfs>()({
  name: 'few-swarm-peers',
  severity: 'warning',
  about: 'A node of a private swarm is not connected to another one of the fleet whose Kubo answers.',
  source: 'Orama, later in 2026: as many peers as other nodes; in profile orama only',
  levels: {},
  compare: (fleet) => {
    const swarm = fleet.filter(({ node, section }) => node.profile === 'orama' && section.peer_id !== null);
    return swarm.flatMap(({ node, section }): FoundAt[] => {
      const ids = section.swarm_ids;
      // One without any peer is told as that.
      if (ids === null || ids.length === 0) return [];
      const without = swarm
        .filter((other) => other.node !== node && !ids.includes(other.section.peer_id ?? ''))
        .map((other) => other.node.name);
      if (without.length === 0) return [];
      return [
        {
          node: node.name,
          subject: 'swarm',
          ...mildWhileJoining(node),
          message: `Kubo is connected to ${swarm.length - 1 - without.length} of ${many(swarm.length - 1, 'other node')} of the swarm, not to ${listed(without.slice(0, 4))}`,
          evidence: {
            asked: 'POST /api/v0/swarm/peers',
            answered: `${ids.length} peers, without ${listed(without)}`,
            limit: `${swarm.length - 1} other nodes`,
          },
          next: section.unit === null ? { say: 'Read the log of Kubo.' } : onNode`journalctl -u ${section.unit} -n 50`,
        },
      ];
    });
  },
});

const fewClusterPeers = fleetRule<Ipfs>()({
  name: 'few-cluster-peers',
  severity: 'warning',
  about: 'IPFS Cluster of a node knows fewer peers than there are nodes whose Cluster answers.',
  source: 'Orama, later in 2026; in profile orama only',
  levels: {},
  compare: (fleet) => {
    const answering = fleet.filter(({ node, section }) => node.profile === 'orama' && section.cluster_responsive === true);
    return answering.flatMap(({ node, section }): FoundAt[] => {
      const known = section.cluster_peers?.length ?? null;
      if (known === null || known >= answering.length) return [];
      return [
        {
          node: node.name,
          subject: 'ipfs-cluster',
          ...mildWhileJoining(node),
          message: `IPFS Cluster knows ${known} peers, though it answers on ${answering.length} nodes`,
          evidence: { asked: 'GET /peers', answered: `${known} peers`, limit: `${answering.length}, one a node` },
          next:
            section.cluster_unit === null ? { say: 'Read the log of IPFS Cluster.' } : onNode`journalctl -u ${section.cluster_unit} -n 50`,
        },
      ];
    });
  },
});

const versionDiffers = fleetRule<Ipfs>()({
  name: 'version-differs',
  severity: 'warning',
  about: 'Nodes of one private swarm run different versions of Kubo or of IPFS Cluster.',
  source: "Orama's inspector; in profile orama only",
  levels: {},
  compare: (fleet) => [...differing(fleet, 'kubo_version', 'Kubo'), ...differing(fleet, 'cluster_version', 'IPFS Cluster')],
});

function differing(fleet: readonly NodeSection<Ipfs>[], field: 'kubo_version' | 'cluster_version', title: string): FoundAt[] {
  const known = fleet.filter(({ node, section }) => node.profile === 'orama' && section[field] !== null);
  const versions = Map.groupBy(known, ({ section }) => section[field] ?? '');
  if (versions.size < 2) return [];
  const told = listed(
    [...versions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([version, at]) => `${version} on ${listed(at.map(({ node }) => node.name))}`),
  );
  return [
    {
      node: CLUSTER,
      subject: title,
      message: `${title} runs in ${versions.size} versions: ${told}`,
      evidence: { asked: 'the version of each node', answered: told, limit: 'one version' },
      next: { say: 'If no upgrade is under way, bring the nodes to one version.' },
    },
  ];
}

/** What may be wrong between nodes of a swarm. */
export const fleetRules: readonly Rule[] = [notConnected, fewClusterPeers, versionDiffers];
