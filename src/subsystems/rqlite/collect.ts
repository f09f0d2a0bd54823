import { type Answer, type Ask, once, present } from '../../core/ask.ts';
import type { HttpAnswer } from '../../core/host.ts';
import { jsonBody } from '../../core/http-body.ts';
import type { Json } from '../../core/json.ts';
import { anySign, isItself, serverOf, works } from '../../core/presence.ts';
import type { Profile } from '../../core/profile.ts';
import { type AskedSection, type Fields, when } from '../../core/section.ts';
import { absent } from '../../core/unknown.ts';
import { counterFields, grown, tallied } from './counters.ts';
import { goDuration } from './go-duration.ts';
import { seenNodes } from './nodes.ts';
import type { Rqlite } from './section.ts';

/** How long rqlite may wait for another node, less than we wait for it. */
const NODES = '/nodes?ver=2&nonvoters&timeout=2s';
const STRONG_READ = { method: 'POST', path: '/db/query?level=strong', body: '["SELECT 1"]' };

/** One node of an rqlite cluster: where its port listens, its status, and only if that came the rest. */
export function collect(ask: Ask, { rqlite: { units, http } }: Profile): AskedSection<Rqlite> {
  const { unit, place } = serverOf(ask, units, http);
  const status = ask.after(place, (to) => ask.http({ to: `http://${to}`, path: '/status' }, statusOf));
  const then = <T>(request: { path: string; method?: string; body?: string }, parse: (answer: HttpAnswer) => T): Answer<T> =>
    ask.after(status, () => ask.http({ to: `http://${place()}`, ...request }, parse));
  const readyz = then({ path: '/readyz' }, (answer) => answer);
  const nodes = then({ path: NODES }, seenNodes);
  const vars = then({ path: '/debug/vars' }, jsonBody);
  const strong = then(STRONG_READ, jsonBody);
  const tally = ask.all([status, vars], () => tallied(status(), vars()));
  const change = ask.since('rqlite', tally);

  const here = () =>
    anySign([() => present(unit), () => present(place) && isItself(status)], `no unit of rqlite, and no rqlite at ${http}`);

  return when<Rqlite>(here, {
    unit: () => unit().name,
    api: place,
    responsive: () => present(place) && works(status),
    ready: () => status().given && works(readyz) && readyz().status === 200,
    not_ready: () => (readyz().status === 200 ? [] : complaints(readyz())),
    strong_read: () => status().given && works(strong) && isWhole(strong()),
    ...raftFields(status),
    ...programFields(status, vars),
    nodes,
    debug_vars: () => counterFields(tally()),
    since_last: () => grown(change()),
  });
}

/** Other programs answer with JSON too; rqlite's has a Raft state in its store. */
function statusOf(answer: HttpAnswer): Json {
  const status = jsonBody(answer);
  word(status.at('store', 'raft', 'state'));
  return status;
}

/** The lines of /readyz that say what is missing: `[+]leader does not exist`. */
function complaints({ status, body }: HttpAnswer): string[] {
  const lines = body.split('\n').map((line) => line.trim().replace(/^\[[+-]\]/, ''));
  const bad = lines.filter((line) => line !== '' && !line.endsWith(' ok')).map((line) => line.slice(0, 120));
  return bad.length === 0 ? [`status ${status}`] : bad.slice(0, 5);
}

/** A statement that failed is told with status 200, too. */
function isWhole(answer: Json): boolean {
  const { value } = answer.at('results');
  return Array.isArray(value) && value.length === 1 && !new Set(Object.keys(value[0] as object)).has('error');
}

type RaftFields =
  | 'raft_state'
  | 'has_leader'
  | 'leader_addr'
  | 'leader_id'
  | 'node_id'
  | 'addr'
  | 'term'
  | 'applied_index'
  | 'commit_index'
  | 'last_log_index'
  | 'last_snapshot_index'
  | 'fsm_pending'
  | 'last_contact'
  | 'last_contact_ms'
  | 'num_peers'
  | 'voter';

function raftFields(status: Answer<Json>): Fields<Pick<Rqlite, RaftFields>> {
  const raft = (name: string) => status().at('store', 'raft', name);
  const leader = once(() => leaderOf(status().at('store', 'leader')));
  const contact = once(() => contactOf(raft('last_contact')));
  return {
    raft_state: () => word(raft('state')),
    has_leader: () => leader().addr !== '',
    leader_addr: () => known(leader().addr),
    leader_id: () => known(leader().id),
    node_id: () => word(status().at('store', 'node_id')),
    addr: () => word(status().at('store', 'addr')),
    term: () => raft('term').or(raft('current_term')).count,
    applied_index: () => raft('applied_index').count,
    commit_index: () => raft('commit_index').count,
    last_log_index: () => raft('last_log_index').count,
    last_snapshot_index: () => raft('last_snapshot_index').count,
    fsm_pending: () => raft('fsm_pending').count,
    last_contact: contact,
    last_contact_ms: () => goDuration(contact()),
    num_peers: () => raft('num_peers').count,
    voter: () => raft('voter').boolean,
  };
}

/** An object in rqlite 6 and later, a text before; empty without a leader. */
function leaderOf(leader: Json): { addr: string; id: string } {
  if (typeof leader.value === 'string') return { addr: leader.value, id: '' };
  return { addr: leader.at('addr').text, id: leader.at('node_id').text };
}

function known(leader: string): string {
  if (leader === '') throw absent('it knows no leader');
  return leader;
}

/** The number 0 on the leader, elsewhere a text such as `7.297112ms`, or `never`. */
function contactOf(contact: Json): string {
  if (contact.value === 0) return '0s';
  if (contact.value === 'never') throw absent('it never heard a leader');
  return word(contact);
}

type ProgramFields = 'db_size' | 'db_size_bytes' | 'uptime' | 'version' | 'goroutines' | 'heap_mb';

function programFields(status: Answer<Json>, vars: Answer<Json>): Fields<Pick<Rqlite, ProgramFields>> {
  const sqlite = (name: string) => status().at('store', 'sqlite3', name);
  // Older ones tell it in their status, newer ones only among Go's own counters.
  const heap = () => {
    const told = status().at('runtime', 'memory', 'heap_alloc');
    return told.given ? told : vars().at('memstats', 'HeapAlloc');
  };
  return {
    db_size: () => word(sqlite('db_size_friendly')),
    db_size_bytes: () => sqlite('db_size').count,
    uptime: () => word(status().at('http', 'uptime').or(status().at('node', 'uptime'))),
    version: () => word(status().at('build', 'version')),
    goroutines: () => status().at('runtime', 'num_goroutine').count,
    heap_mb: () => Math.round(heap().count / 2 ** 20),
  };
}

/** A text that says something; absent where it is empty. */
function word(field: Json): string {
  if (field.text === '') throw absent(`${field.path} is empty`);
  return field.text;
}
