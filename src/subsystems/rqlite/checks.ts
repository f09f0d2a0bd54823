import { type CheckDefinition, fieldRule, told } from '../../core/check-definition.ts';
import { count, many } from '../../core/units.ts';
import { clusterChecks } from './cluster-checks.ts';
import type { Rqlite } from './section.ts';

const STATUS = 'GET /status';

const leaderUnknown = fieldRule<Rqlite>()({
  ...{ name: 'leader-unknown', severity: 'critical', field: 'has_leader', subject: 'rqlite', asked: STATUS },
  about: 'The node knows no leader.',
  wrong: (has) => !has,
  message: () => 'rqlite knows no leader, so it cannot write',
});

const nonVoter = fieldRule<Rqlite>()({
  ...{ name: 'non-voter', severity: 'warning', field: 'voter', subject: 'rqlite', asked: STATUS },
  about: 'The node only reads: it has no vote.',
  wrong: (voter) => !voter,
  message: () => 'rqlite has no vote here, so this node does not count towards a quorum',
});

const peerCount = fieldRule<Rqlite>()({
  ...{ name: 'peer-count', severity: 'warning', field: 'num_peers', subject: 'rqlite', asked: `${STATUS} and GET /nodes` },
  about: 'Raft counts other peers than the list of nodes has.',
  wrong: (peers, section) => peers !== others(section),
  message: (peers, section) => `rqlite counts ${peers} peers, and its list of nodes has ${others(section)} others`,
});

function others({ nodes }: Rqlite): number {
  return Object.values(nodes ?? {}).filter(({ voter }) => voter).length - 1;
}

/** A follower hears its leader many times a second. */
const CONTACT_MS = 1000;

const lastContact = fieldRule<Rqlite>()({
  ...{ name: 'last-contact', severity: 'warning', field: 'last_contact_ms', subject: 'rqlite', asked: STATUS },
  about: 'A follower has not heard its leader for longer than an election takes to begin.',
  wrong: (ms, { raft_state: state }) => state === 'Follower' && ms > CONTACT_MS,
  message: (ms) => `rqlite heard its leader ${Math.round(ms)} ms ago (limit ${CONTACT_MS} ms)`,
  limit: `${CONTACT_MS} ms`,
});

/** Entries after which rqlite makes a snapshot by itself, and more. */
const SNAPSHOT_GAP = 10_000;

const noSnapshot = fieldRule<Rqlite>()({
  ...{ name: 'no-snapshot', severity: 'warning', field: 'last_snapshot_index', subject: 'rqlite', asked: STATUS },
  about: 'Raft has never made a snapshot of so many log entries that it should have: a restart reads the whole log.',
  wrong: (index, { applied_index: applied }) => index === 0 && (applied ?? SNAPSHOT_GAP) >= SNAPSHOT_GAP,
  message: (_index, { applied_index: applied }) =>
    `rqlite has no snapshot of its ${applied === null ? '' : `${count(applied)} `}log entries yet (limit ${count(SNAPSHOT_GAP)}): a restart reads all of them`,
  limit: `${SNAPSHOT_GAP} entries`,
});

const oldSnapshot = fieldRule<Rqlite>()({
  ...{ name: 'old-snapshot', severity: 'warning', field: 'last_snapshot_index', subject: 'rqlite', asked: STATUS },
  about: 'The last snapshot is many log entries old.',
  wrong: (index, { applied_index: applied }) => index > 0 && applied !== null && applied - index >= SNAPSHOT_GAP,
  message: (index, { applied_index: applied }) =>
    `rqlite's last snapshot is ${count((applied ?? 0) - index)} entries old (limit ${count(SNAPSHOT_GAP)})`,
  limit: `${SNAPSHOT_GAP} entries`,
});

const clients = fieldRule<Rqlite>()({
  ...{ name: 'client-trouble', severity: 'warning', field: 'since_last', subject: 'rqlite', asked: 'GET /debug/vars' },
  about: 'Requests from node to node were tried again or timed out since the last report.',
  wrong: (since) => (since.client_retries ?? 0) + (since.client_timeouts ?? 0) > 0,
  message: ({ client_retries: again, client_timeouts: late }) =>
    `rqlite tried ${many(again ?? 0, 'request')} to other nodes again, and ${count(late ?? 0)} timed out`,
});

/** One of the counters that the rule on errors looks at. */
function counter(name: string, importance: 'critical' | 'high', fails: boolean): CheckDefinition {
  const needs = ['since_last', `since_last.${name}`];
  return { id: `rqlite.${name}`, rules: ['errors'], subject: name, importance, needs, ...(fails ? { fails: true } : {}) };
}

/** The checks of `ward inspect` on rqlite. */
export const checks: readonly CheckDefinition[] = [
  { id: 'rqlite.responsive', rules: ['unresponsive'], importance: 'critical' },
  { id: 'rqlite.readyz', rules: ['not-ready'], importance: 'critical', fails: true },
  { ...told<Rqlite>()('rqlite.status_parsed', 'raft_state'), importance: 'critical' },
  { id: 'rqlite.raft_state', rules: ['raft-state'], importance: 'critical' },
  { id: 'rqlite.leader_known', rules: [leaderUnknown], importance: 'critical' },
  { id: 'rqlite.voter', rules: [nonVoter], importance: 'low' },
  { id: 'rqlite.num_peers', rules: [peerCount], importance: 'high', needs: ['num_peers', 'nodes'] },
  {
    id: 'rqlite.commit_applied_gap',
    rules: ['apply-backlog'],
    importance: 'critical',
    needs: ['commit_index', 'applied_index', 'fsm_pending'],
    fails: true,
  },
  { id: 'rqlite.last_contact', rules: [lastContact], importance: 'critical', needs: ['last_contact_ms', 'raft_state'] },
  { id: 'rqlite.log_term_match', rules: [], importance: 'medium', unasked: 'the report has no term of the last log entry' },
  { id: 'rqlite.db_fsm_sync', rules: [], importance: 'critical', unasked: 'the report does not tell which entry the database has applied' },
  { id: 'rqlite.has_snapshot', rules: [noSnapshot], importance: 'medium' },
  { id: 'rqlite.snapshot_recent', rules: [oldSnapshot], importance: 'medium', needs: ['last_snapshot_index', 'applied_index'] },
  told<Rqlite>()('rqlite.db_size', 'db_size_bytes'),
  told<Rqlite>()('rqlite.version', 'version'),
  { id: 'rqlite.goroutines', rules: ['burden'], subject: 'goroutines', importance: 'high', needs: ['goroutines'], fails: true },
  { id: 'rqlite.memory', rules: ['burden'], subject: 'heap_mb', importance: 'high', needs: ['heap_mb'], fails: true },
  { id: 'rqlite.strong_read', rules: ['strong-read-failed'], importance: 'critical', fails: true },
  counter('query_errors', 'high', false),
  counter('execute_errors', 'high', false),
  counter('leader_not_found', 'critical', true),
  counter('snapshot_errors', 'high', true),
  {
    id: 'rqlite.client_health',
    rules: [clients],
    importance: 'medium',
    needs: ['since_last', 'since_last.client_retries', 'since_last.client_timeouts'],
  },
  ...clusterChecks,
];
