import { isMap } from './fit.ts';

type Values = Record<string, unknown>;

/** The section without the fields that hold nothing there because they could not be read. */
function known(section: Values, ...keys: readonly string[]): Values {
  return Object.fromEntries(
    Object.entries(section).filter(([key, value]) => !(keys.includes(key) && [0, '', null].includes(value as null))),
  );
}

/** Of one that does not answer all else is zeros. It looks for counters where newer versions of rqlite no longer have them, and then tells zeros. */
export function translateRqlite(section: Values): Values {
  const { responsive, leader_addr: leader, num_peers: peers, nodes, debug_vars: counters } = section;
  if (responsive !== true) return { responsive };
  const read = known(
    section,
    'raft_state',
    'leader_addr',
    'leader_id',
    'node_id',
    'term',
    'last_contact',
    'db_size',
    'uptime',
    'version',
    'goroutines',
    'heap_mb',
  );
  return {
    ...withoutKeys(read, ['nodes', 'debug_vars']),
    ...(typeof leader === 'string' ? { has_leader: leader !== '' } : {}),
    ...(typeof peers === 'string' && /^\d{1,9}$/.test(peers) ? { num_peers: Number(peers) } : {}),
    ...(isMap(nodes)
      ? { nodes: mapped(nodes, (node) => ({ error: '', ...(node['reachable'] === true ? node : withoutKeys(node, ['time_ms'])) })) }
      : {}),
    ...(isMap(counters) && Object.values(counters).some((count) => count !== 0) ? { debug_vars: counters } : {}),
  };
}

/** Its members come from an answer that Olric seldom gives. */
export function translateOlric(section: Values): Values {
  return known(section, 'member_count', 'members', 'coordinator', 'process_mem_mb');
}

/** What Kubo and Cluster did not answer is zeros there; peers that Cluster streams were read as none. */
export function translateIpfs(section: Values): Values {
  const { swarm_peer_count, ...rest } = section;
  const named = swarm_peer_count === undefined || 'swarm_peers' in rest ? rest : { ...rest, swarm_peers: swarm_peer_count };
  const read = known(named, 'kubo_version', 'cluster_version', 'cluster_peer_count', 'cluster_errors', 'repo_max_bytes');
  const [kubo, cluster] = ['kubo_version' in read, 'cluster_version' in read];
  const silent = 'kubo_version' in section && !kubo;
  return {
    ...withoutKeys(read, silent ? ['swarm_peers', 'bootstrap_empty', 'repo_size_bytes', 'repo_use_pct'] : []),
    ...(kubo ? { daemon_responsive: true } : {}),
    ...(cluster ? { cluster_responsive: true } : {}),
  };
}

/** Status 0 is no answer. */
export function translateGateway(section: Values): Values {
  const { subsystems } = section;
  const read = known(section, 'http_status', 'version', 'subsystems');
  return isMap(subsystems) ? { ...read, subsystems: mapped(subsystems, (part) => ({ error: '', ...part })) } : read;
}

/** What its files did not tell is empty there. */
export function translateAnyone(section: Values): Values {
  return known(section, 'mode', 'fingerprint', 'nickname');
}

/** One namespace of its list. */
export function translateNamespace(namespace: Values): Values {
  return known(namespace, 'port_base', 'rqlite_state', 'gateway_status');
}

function withoutKeys(values: Values, keys: readonly string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !keys.includes(key)));
}

function mapped(values: Values, change: (value: Values) => Values): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isMap(value) ? change(value) : value]));
}
