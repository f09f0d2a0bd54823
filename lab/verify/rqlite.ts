import { type Figure, type Json, number, says, word } from './figure.ts';
import { at, inJson } from './json-output.ts';

const API = 'http://127.0.0.1:5001';
const STATUS = `curl -sS -m 5 ${API}/status`;
const NODES = `curl -sS -m 5 '${API}/nodes?ver=2&timeout=2s'`;
const COUNTERS = `curl -sS -m 5 ${API}/debug/vars`;

/** A field of its status; what each look moves has a tolerance. */
function told(field: string, path: string, within?: number): Figure {
  return { path: `rqlite.${field}`, command: STATUS, read: inJson(path), ...(within === undefined ? {} : { within }) };
}

function counted(field: string, path: string): Figure {
  return { path: `rqlite.debug_vars.${field}`, command: COUNTERS, read: inJson(path) };
}

/** One of the nodes that it lists. */
function listed(name: string): Figure[] {
  const seen = (field: string) => (output: string) =>
    at(
      ((JSON.parse(output) as Json)['nodes'] as Json[]).find(({ id }) => id === name),
      field,
    ) ?? '';
  return ['reachable', 'leader', 'voter', 'addr'].map((field) => ({
    path: `rqlite.nodes.${name}.${field}`,
    command: NODES,
    read: seen(field),
  }));
}

/** The database, as its own API tells it to curl; every look at it writes a line into its log. */
export const DATABASE: readonly Figure[] = [
  told('raft_state', 'store.raft.state'),
  told('leader_addr', 'store.leader.addr'),
  told('leader_id', 'store.leader.node_id'),
  told('node_id', 'store.node_id'),
  told('addr', 'store.addr'),
  told('term', 'store.raft.term'),
  told('applied_index', 'store.raft.applied_index', 20),
  told('commit_index', 'store.raft.commit_index', 20),
  told('last_log_index', 'store.raft.last_log_index', 20),
  told('last_snapshot_index', 'store.raft.last_snapshot_index'),
  told('fsm_pending', 'store.raft.fsm_pending', 2),
  told('num_peers', 'store.raft.num_peers'),
  told('voter', 'store.raft.voter'),
  told('db_size_bytes', 'store.sqlite3.db_size'),
  told('db_size', 'store.sqlite3.db_size_friendly'),
  told('version', 'build.version'),
  told('goroutines', 'runtime.num_goroutine', 30),
  { path: 'rqlite.unit', command: 'systemctl show --value -p Id orama-node', read: word },
  { path: 'rqlite.has_leader', command: STATUS, read: (output) => inJson('store.leader.node_id')(output) !== '' },
  { path: 'rqlite.responsive', command: `curl -sS -m 5 -o /dev/null -w '%{http_code}' ${API}/status`, read: says('200') },
  { path: 'rqlite.ready', command: `curl -sS -m 5 -o /dev/null -w '%{http_code}' ${API}/readyz`, read: says('200') },
  {
    path: 'rqlite.strong_read',
    command: `curl -sS -m 5 '${API}/db/query?level=strong&q=SELECT%2041%2B1'`,
    read: (output) => output.includes('"values":[[42]]'),
  },
  {
    path: 'rqlite.heap_mb',
    command: `${COUNTERS} | grep -o '"HeapAlloc": *[0-9]*' | grep -o '[0-9]*$'`,
    read: (output) => Math.round(number(output) / 2 ** 20),
    within: 30,
  },
  counted('query_errors', 'db.query_errors'),
  counted('execute_errors', 'db.execution_errors'),
  counted('leader_not_found', 'http.leader_not_found'),
  counted('client_retries', 'cluster.num_client_retries'),
  ...['ns1', 'ns2', 'ns3'].flatMap(listed),
];
