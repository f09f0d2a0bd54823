import { type Answer, type Ask, present } from '../../core/ask.ts';
import { jsonBody } from '../../core/http-body.ts';
import type { Json } from '../../core/json.ts';
import { anySign, isItself, serverOf, type Server, works } from '../../core/presence.ts';
import type { Profile } from '../../core/profile.ts';
import { type AskedSection, type Fields, when } from '../../core/section.ts';
import { absent } from '../../core/unknown.ts';
import { clusterPeers } from './cluster-peers.ts';
import type { Ipfs } from './section.ts';

/** So many names of a swarm's nodes may stand in a report. */
const MOST_IDS = 200;

/** Kubo and IPFS Cluster, each asked where its port listens, and only its name before it is known to be that. */
export function collect(ask: Ask, { ipfs: profile }: Profile): AskedSection<Ipfs> {
  const daemon = serverOf(ask, profile.units, profile.api);
  const cluster = serverOf(ask, profile.cluster_units, profile.cluster_api);
  const kubo = askKubo(ask, daemon);
  const id = ask.after(cluster.place, (to) => ask.http({ to: `http://${to}`, path: '/id' }, clusterId));
  const peers = ask.after(id, () => ask.http({ to: `http://${cluster.place()}`, path: '/peers' }, clusterPeers));
  const key = ask.stat(`${profile.repo}/swarm.key`);

  const signs = [
    () => present(daemon.unit),
    () => present(cluster.unit),
    () => present(daemon.place) && isItself(kubo.version),
    () => present(cluster.place) && isItself(id),
  ];

  return when<Ipfs>(() => anySign(signs, 'no unit of Kubo or IPFS Cluster, and neither of them on its port'), {
    unit: () => daemon.unit().name,
    cluster_unit: () => cluster.unit().name,
    daemon_active: () => daemon.unit().unit.active_state === 'active',
    cluster_active: () => cluster.unit().unit.active_state === 'active',
    daemon_responsive: () => present(daemon.place) && works(kubo.version),
    cluster_responsive: () => present(cluster.place) && works(id),
    ...kuboFields(kubo),
    cluster_version: () => id().at('version').text,
    cluster_peer_count: () => peers().filter(({ error }) => error === '').length,
    cluster_peers: peers,
    cluster_errors: () => peers().filter(({ error, ipfs_error }) => error !== '' || ipfs_error !== '').length,
    ipfs_error: () => id().at('ipfs', 'error').text.slice(0, 200),
    has_swarm_key: () => present(key),
  });
}

/** What is asked of Kubo; its API takes only POST. */
interface Kubo {
  version: Answer<Json>;
  id: Answer<Json>;
  swarm: Answer<Json>;
  repo: Answer<Json>;
  bootstrap: Answer<Json>;
}

function askKubo(ask: Ask, { place }: Server): Kubo {
  const version = ask.after(place, (to) => ask.http({ method: 'POST', to: `http://${to}`, path: '/api/v0/version' }, kuboVersion));
  const post = (path: string) =>
    ask.after(version, () => ask.http({ method: 'POST', to: `http://${place()}`, path: `/api/v0/${path}` }, jsonBody));
  // Without size-only it counts every object, which takes minutes in a large repository.
  return { version, id: post('id'), swarm: post('swarm/peers'), repo: post('repo/stat?size-only=true'), bootstrap: post('bootstrap/list') };
}

/** Other programs answer on these ports too; only Kubo tells the version of its repository. */
function kuboVersion(answer: Parameters<typeof jsonBody>[0]): Json {
  const version = jsonBody(answer);
  void version.at('Repo').text;
  return version;
}

function clusterId(answer: Parameters<typeof jsonBody>[0]): Json {
  const id = jsonBody(answer);
  void id.at('rpc_protocol_version').text;
  return id;
}

type KuboFields =
  | 'kubo_version'
  | 'peer_id'
  | 'swarm_peers'
  | 'swarm_ids'
  | 'repo_size_bytes'
  | 'repo_max_bytes'
  | 'repo_use_pct'
  | 'bootstrap_empty';

function kuboFields({ version, id, swarm, repo, bootstrap }: Kubo): Fields<Pick<Ipfs, KuboFields>> {
  const size = () => repo().at('RepoSize').count;
  const most = () => {
    const max = repo().at('StorageMax').count;
    if (max === 0) throw absent('no limit is set for its repository');
    return max;
  };
  return {
    kubo_version: () => version().at('Version').text,
    peer_id: () => id().at('ID').text,
    swarm_peers: () => peersOf(swarm()).length,
    swarm_ids: () => idsOf(peersOf(swarm())),
    repo_size_bytes: size,
    repo_max_bytes: most,
    repo_use_pct: () => Math.round((size() / most()) * 1000) / 10,
    bootstrap_empty: () => peersOf(bootstrap()).length === 0,
  };
}

/** Null where there is none. */
function peersOf(answer: Json): readonly Json[] {
  const peers = answer.at('Peers');
  return peers.value === null ? [] : peers.list;
}

function idsOf(peers: readonly Json[]): string[] {
  if (peers.length > MOST_IDS) throw absent(`the swarm has more than ${MOST_IDS} nodes`);
  return peers.map((peer) => peer.at('Peer').text.slice(0, 120)).sort();
}
