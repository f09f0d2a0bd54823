import { type CheckDefinition, told } from '../../core/check-definition.ts';
import { CLUSTER, fleetRule } from '../../core/rule.ts';
import type { NodeSnapshot } from '../../core/snapshot.ts';
import { sizeInWords } from '../../core/units.ts';
import type { Ipfs } from './section.ts';

const reposDiffer = fleetRule<Ipfs>()({
  name: 'repo-differs',
  severity: 'warning',
  about: 'Repositories of one swarm, which pins everything everywhere, differ much in size. In profile orama only.',
  source: "Orama's inspector",
  levels: { ratio: 2 },
  compare: (fleet, { ratio }) => {
    const sized = fleet
      .flatMap(({ node, section }) =>
        node.profile === 'orama' && section.repo_size_bytes !== null ? [{ name: node.name, bytes: section.repo_size_bytes }] : [],
      )
      .sort((a, b) => a.bytes - b.bytes);
    const [least, most] = [sized[0], sized.at(-1)];
    if (least === undefined || most === undefined || most.bytes <= least.bytes * ratio) return [];
    const told = `${sizeInWords(least.bytes)} on ${least.name}, ${sizeInWords(most.bytes)} on ${most.name}`;
    const evidence = { asked: 'the repository of each node', answered: told, limit: `${ratio} times` };
    return [{ node: CLUSTER, subject: 'repo', message: `Repositories of IPFS differ in size: ${told} (limit ${ratio} times)`, evidence }];
  },
});

const isOrama = ({ profile }: NodeSnapshot) => profile === 'orama';

/** The checks of `ward inspect` on Kubo and IPFS Cluster. */
export const checks: readonly CheckDefinition[] = [
  { id: 'ipfs.daemon_active', rules: ['daemon-down'], importance: 'critical' },
  { id: 'ipfs.cluster_active', rules: ['cluster-down'], importance: 'critical' },
  { id: 'ipfs.swarm_peers', rules: ['no-swarm-peers', 'few-swarm-peers'], importance: 'critical', each: 'node', needs: ['swarm_peers'] },
  { id: 'ipfs.cluster_peers', rules: ['few-cluster-peers'], importance: 'critical', each: 'node', needs: ['cluster_peer_count'] },
  { id: 'ipfs.cluster_errors', rules: ['cluster-errors'], importance: 'critical', needs: ['cluster_peers'], fails: true },
  { id: 'ipfs.repo_size', rules: ['repo-full'], importance: 'high' },
  told<Ipfs>()('ipfs.kubo_version', 'kubo_version'),
  told<Ipfs>()('ipfs.cluster_version', 'cluster_version'),
  { id: 'ipfs.swarm_key', rules: ['swarm-key-missing'], importance: 'critical', concerns: isOrama },
  { id: 'ipfs.bootstrap_empty', rules: ['bootstrap-not-empty'], importance: 'high', concerns: isOrama },
  {
    ...{ id: 'ipfs.kubo_version_consistent', rules: ['version-differs'], importance: 'medium', concerns: isOrama },
    ...{ subject: 'Kubo', needs: ['kubo_version'] },
  },
  {
    ...{ id: 'ipfs.cluster_version_consistent', rules: ['version-differs'], importance: 'medium', concerns: isOrama },
    ...{ subject: 'IPFS Cluster', needs: ['cluster_version'] },
  },
  { id: 'ipfs.repo_convergence', rules: [reposDiffer], importance: 'medium', concerns: isOrama, needs: ['repo_size_bytes'] },
];
