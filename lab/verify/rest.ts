import { ASK_RELAY } from '../cluster/relay.ts';
import { anything, type Figure, type Json, lines, number, says, sorted, word } from './figure.ts';
import { at, inJson } from './json-output.ts';

/** Kubo's own command line, which asks the daemon by the address in its repository. */
const IPFS = 'IPFS_PATH=/opt/orama/.orama/data/ipfs/repo timeout 5 ipfs';
const CLUSTER = 'curl -sS -m 5 http://127.0.0.1:9094';
const GATEWAY = 'curl -sS -m 5 http://127.0.0.1:6001/health';
const NAMESPACE = 'namespaces[name=shop]';
const CODE = "curl -sS -m 5 -o /dev/null -w '%{http_code}'";

/** A size in the first column that has that name. */
const stat = (name: string) => `${IPFS} repo stat --size-only | awk '/^${name}/ {print $2}'`;

const KUBO: readonly Figure[] = [
  { path: 'ipfs.daemon_active', command: 'systemctl is-active orama-ipfs', read: says('active') },
  { path: 'ipfs.cluster_active', command: 'systemctl is-active orama-ipfs-cluster', read: says('active') },
  { path: 'ipfs.daemon_responsive', command: `${IPFS} id`, read: anything },
  { path: 'ipfs.kubo_version', command: `${IPFS} version --number`, read: word },
  { path: 'ipfs.peer_id', command: `${IPFS} id -f '<id>'`, read: word },
  { path: 'ipfs.swarm_peers', command: `${IPFS} swarm peers | wc -l`, read: number },
  { path: 'ipfs.swarm_ids', command: `${IPFS} swarm peers | sed 's/.*p2p.//'`, read: lines, as: sorted },
  { path: 'ipfs.repo_size_bytes', command: stat('RepoSize'), read: number, within: 500_000 },
  { path: 'ipfs.repo_max_bytes', command: stat('StorageMax'), read: number },
  { path: 'ipfs.bootstrap_empty', command: `${IPFS} bootstrap list | wc -l`, read: says('0') },
  { path: 'ipfs.has_swarm_key', command: 'test -e /opt/orama/.orama/data/ipfs/repo/swarm.key && echo yes', read: says('yes') },
];

const peers = (output: string) => lines(output).map((line) => JSON.parse(line) as Json);

const IPFS_CLUSTER: readonly Figure[] = [
  { path: 'ipfs.cluster_responsive', command: `${CODE} http://127.0.0.1:9094/id`, read: says('200') },
  { path: 'ipfs.cluster_version', command: `${CLUSTER}/id`, read: inJson('version') },
  {
    path: 'ipfs.ipfs_error',
    command: `${CLUSTER}/id`,
    read: (output) => at(JSON.parse(output), 'ipfs.error') === '',
    as: (error) => error === '',
  },
  { path: 'ipfs.cluster_peer_count', command: `${CLUSTER}/peers`, read: (output) => peers(output).length },
  {
    path: 'ipfs.cluster_peers',
    command: `${CLUSTER}/peers`,
    read: (output) => sorted(peers(output).map(({ peername }) => peername)),
    as: (value) => sorted((value as Json[]).map(({ name }) => name)),
  },
];

const GATEWAYS: readonly Figure[] = [
  { path: 'gateway.service_active', command: 'systemctl is-active orama-gateway', read: says('active') },
  { path: 'gateway.http_status', command: `${CODE} http://127.0.0.1:6001/health`, read: number },
  { path: 'gateway.status', command: GATEWAY, read: inJson('status') },
  ...['connection', 'database', 'pubsub'].map((name) => ({
    path: `gateway.subsystems.${name}.status`,
    command: GATEWAY,
    read: inJson(`client.checks.${name}`),
  })),
];

const NAMESPACES: readonly Figure[] = [
  {
    path: `${NAMESPACE}.port_base`,
    command: "sed -n 's/^HTTP_ADDR=.*://p' /opt/orama/.orama/data/namespaces/shop/rqlite.env",
    read: number,
  },
  { path: `${NAMESPACE}.rqlite_up`, command: `${CODE} http://127.0.0.1:10000/status`, read: says('200') },
  { path: `${NAMESPACE}.rqlite_ready`, command: `${CODE} http://127.0.0.1:10000/readyz`, read: says('200') },
  { path: `${NAMESPACE}.rqlite_state`, command: 'curl -sS -m 5 http://127.0.0.1:10000/status', read: inJson('store.raft.state') },
  { path: `${NAMESPACE}.rqlite_leader`, command: 'curl -sS -m 5 http://127.0.0.1:10000/status', read: inJson('store.leader.addr') },
  { path: `${NAMESPACE}.olric_up`, command: 'ss -Hltn sport = :10003', read: anything },
  { path: `${NAMESPACE}.gateway_up`, command: 'ss -Hltn sport = :10004', read: anything },
  { path: `${NAMESPACE}.gateway_status`, command: `${CODE} http://127.0.0.1:10004/v1/health`, read: number },
];

const RELAY: readonly Figure[] = [
  { path: 'anyone.relay_active', command: 'systemctl is-active orama-anyone-relay', read: says('active') },
  { path: 'anyone.control_listening', command: 'ss -Hltn sport = :9051', read: anything },
  { path: 'anyone.orport_listening', command: 'ss -Hltn sport = :9001', read: anything },
  { path: 'anyone.socks_listening', command: 'ss -Hltn sport = :9050', read: anything },
  { path: 'anyone.bootstrap_pct', command: ASK_RELAY, read: (output) => Number(/PROGRESS=(\d+)/.exec(output)?.[1]) },
  { path: 'anyone.bootstrapped', command: ASK_RELAY, read: (output) => output.includes('PROGRESS=100 ') },
  { path: 'anyone.circuit_established', command: ASK_RELAY, read: (output) => output.includes('circuit-established=1') },
  { path: 'anyone.nickname', command: "sed -n 's/^Nickname //p' /etc/anon/anonrc", read: word },
  { path: 'anyone.fingerprint', command: "cut -d ' ' -f 2 /var/lib/anon/fingerprint", read: word },
  {
    path: 'anyone.version',
    command: "anon --version | head -n 1 | grep -o '0[.][0-9.]*[0-9]' | head -n 1",
    read: word,
    as: (told) => String(told).split('-')[0],
  },
];

/** What only a lab with all programs has: IPFS, gateways, namespaces and relays. */
export const REST: readonly Figure[] = [...KUBO, ...IPFS_CLUSTER, ...GATEWAYS, ...NAMESPACES, ...RELAY];
