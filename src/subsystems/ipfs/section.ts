import * as z from 'zod/mini';

/** A peer of IPFS Cluster, as this node's Cluster sees it. */
const clusterPeer = z.object({
  id: z.string(),
  /** Its own name for itself; empty if it could not be asked. */
  name: z.string(),
  /** Why it could not be asked; empty if it could. */
  error: z.string(),
  /** What is wrong with its Kubo; empty if nothing is. */
  ipfs_error: z.string(),
});

/** Kubo and IPFS Cluster on one node. */
export const ipfs = z.object({
  unit: z.nullable(z.string()),
  cluster_unit: z.nullable(z.string()),
  daemon_active: z.nullable(z.boolean()),
  cluster_active: z.nullable(z.boolean()),
  /** Whether Kubo answers on its API. */
  daemon_responsive: z.nullable(z.boolean()),
  cluster_responsive: z.nullable(z.boolean()),
  kubo_version: z.nullable(z.string()),
  cluster_version: z.nullable(z.string()),
  /** Its own name in the swarm. */
  peer_id: z.nullable(z.string()),
  /** Nodes of the swarm to which it is connected. */
  swarm_peers: z.nullable(z.number()),
  /** Their names, in a swarm of at most 200. */
  swarm_ids: z.nullable(z.array(z.string())),
  /** Peers of the Cluster that could be asked, itself among them. */
  cluster_peer_count: z.nullable(z.number()),
  cluster_peers: z.nullable(z.array(clusterPeer)),
  /** Peers that could not be asked, or whose Kubo is gone. */
  cluster_errors: z.nullable(z.number()),
  /** What its Cluster says is wrong with its Kubo; empty if nothing is. */
  ipfs_error: z.nullable(z.string()),
  repo_size_bytes: z.nullable(z.number()),
  /** The limit at which Kubo collects garbage, by its configuration. */
  repo_max_bytes: z.nullable(z.number()),
  repo_use_pct: z.nullable(z.number()),
  has_swarm_key: z.nullable(z.boolean()),
  /** Whether no bootstrap peer is configured, as in a private swarm. */
  bootstrap_empty: z.nullable(z.boolean()),
});

export type Ipfs = z.infer<typeof ipfs>;
export type ClusterPeer = z.infer<typeof clusterPeer>;
