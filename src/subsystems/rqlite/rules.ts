import { onNode } from '../../core/command.ts';
import { doesNotAnswer } from '../../core/does-not-answer.ts';
import { mildWhileJoining } from '../../core/joining.ts';
import { CLUSTER, type Context, type Found, type Next, type Rule, rule, type Severity } from '../../core/rule.ts';
import { ageInWords, count, listed, many } from '../../core/units.ts';
import { levelRules } from './level-rules.ts';
import { partedRule } from './parted-rule.ts';
import { NO_LEADER, QUORUM_LOST, quorumRules } from './quorum-rules.ts';
import { clusterOf } from './raft-clusters.ts';
import type { Counters, Rqlite } from './section.ts';

const unresponsive = rule<Rqlite>()({
  name: 'unresponsive',
  severity: 'critical',
  about: 'rqlite is installed but does not tell its status.',
  source: 'Orama',
  levels: {},
  needs: ['responsive'],
  find: (section, _levels, context) =>
    section.responsive
      ? []
      : [
          doesNotAnswer(context, {
            subject: 'rqlite',
            called: 'rqlite',
            asked: 'GET /status',
            path: 'rqlite.raft_state',
            unit: section.unit,
            next: logOf(section),
          }),
        ],
});

const notReady = rule<Rqlite>()({
  name: 'not-ready',
  severity: 'warning',
  about: 'rqlite answers, but says that it is not ready to serve.',
  source: 'Orama',
  levels: {},
  needs: ['responsive', 'ready'],
  find: (section, _levels, context) =>
    section.ready || !section.responsive
      ? []
      : [
          {
            ...mildWhileJoining(context.node),
            subject: 'rqlite',
            message: `rqlite is not ready: ${listed(section.not_ready ?? ['no reason given'])}`,
            evidence: { asked: 'GET /readyz', answered: listed(section.not_ready ?? ['no answer']), limit: 'status 200' },
            next: logOf(section),
            ...withoutLeader(context),
          },
        ],
});

const strongRead = rule<Rqlite>()({
  name: 'strong-read-failed',
  severity: 'warning',
  about: 'A read that needs the agreement of most voters did not come back.',
  source: 'Orama',
  levels: {},
  needs: ['responsive', 'strong_read'],
  find: (section, _levels, context) =>
    section.strong_read || !section.responsive
      ? []
      : [
          {
            ...mildWhileJoining(context.node),
            subject: 'rqlite',
            message: 'rqlite does not answer a strong read, so it could probably not write either',
            evidence: { asked: 'POST /db/query?level=strong, SELECT 1', answered: 'no result', limit: 'a result within 3 s' },
            next: section.api === null ? logOf(section) : onNode`curl -s ${`http://${section.api}/db/query?level=strong&q=SELECT%201`}`,
            ...withoutLeader(context),
          },
        ],
});

const raftState = rule<Rqlite>()({
  name: 'raft-state',
  severity: 'warning',
  about: 'A node is neither leader nor follower: a candidate asks for votes and gets none, one that shut down takes no part any more.',
  source: 'Orama, later in 2026',
  levels: {},
  needs: ['raft_state'],
  find: (section, _levels, context) => {
    const { raft_state: state, term } = section;
    if (state === 'Leader' || state === 'Follower') return [];
    const shutdown = state === 'Shutdown';
    const votes = state === 'Candidate' ? ': it asks for votes and gets too few' : '';
    return [
      {
        ...(shutdown ? { severity: 'critical' as const } : mildWhileJoining(context.node)),
        subject: 'rqlite',
        message: shutdown
          ? 'rqlite has shut down its Raft part, though it still answers'
          : `rqlite is in state ${state}, in term ${term ?? '?'}${votes}`,
        evidence: { asked: 'GET /status', answered: `state ${state}, term ${term ?? '?'}`, limit: 'Leader or Follower' },
        next: logOf(section),
        ...(shutdown ? {} : withoutLeader(context)),
      },
    ];
  },
});

const backlog = rule<Rqlite>()({
  name: 'apply-backlog',
  severity: 'warning',
  about: 'A node has agreed on more log entries than it has applied, or more wait for its database than it can take.',
  source: 'Orama, later in 2026: 100 entries, 10 waiting',
  levels: { entries: 100, pending: 10 },
  needs: ['commit_index', 'applied_index'],
  find: (section, { entries, pending }, context) => {
    const behind = section.commit_index - section.applied_index;
    const waiting = section.fsm_pending ?? 0;
    if (behind <= entries && waiting <= pending) return [];
    const what =
      behind > entries
        ? `${count(behind)} entries that it agreed on (limit ${entries})`
        : `${count(waiting)} entries that wait for its database (limit ${pending})`;
    return [
      {
        ...mildWhileJoining(context.node),
        subject: 'rqlite',
        message: `rqlite has yet to apply ${what}: its disk is probably too slow`,
        evidence: {
          asked: 'GET /status',
          answered: `commit ${section.commit_index}, applied ${section.applied_index}, ${waiting} pending`,
          limit: `${entries} entries, ${pending} pending`,
        },
        next: logOf(section),
      },
    ];
  },
});

const burden = rule<Rqlite>()({
  name: 'burden',
  severity: 'warning',
  about: 'rqlite holds more goroutines or memory than its work explains.',
  source: 'Orama, later in 2026',
  levels: { goroutines: 1000, heap_mb: 1000 },
  needs: [],
  find: (section, levels) =>
    (['goroutines', 'heap_mb'] as const).flatMap((what) => {
      const [value, limit] = [section[what] ?? 0, levels[what]];
      if (value <= limit) return [];
      const amount = (number: number) => (what === 'goroutines' ? `${count(number)} goroutines` : `${count(number)} MiB of memory`);
      return [
        {
          subject: what,
          message: `rqlite holds ${amount(value)} (limit ${count(limit)}): requests probably pile up`,
          evidence: { asked: 'GET /status', answered: amount(value), limit: amount(limit) },
          next: logOf(section),
        },
      ];
    }),
});

/** Counters that tell of trouble when they grow, how bad, and what one of them is. */
const TROUBLES: readonly { counter: keyof Counters; severity: Severity; one: string; more: string }[] = [
  { counter: 'leader_not_found', severity: 'warning', one: 'request that found no leader', more: 'requests that found no leader' },
  { counter: 'snapshot_errors', severity: 'warning', one: 'snapshot that failed', more: 'snapshots that failed' },
  { counter: 'query_errors', severity: 'info', one: 'query that failed', more: 'queries that failed' },
  { counter: 'execute_errors', severity: 'info', one: 'statement that failed', more: 'statements that failed' },
];

const errors = rule<Rqlite>()({
  name: 'errors',
  severity: 'warning',
  about: 'Requests or snapshots failed since the last report; what failed before is not told again.',
  source: 'Orama, later in 2026; there since start',
  levels: { most: 0 },
  needs: ['since_last'],
  find: (section, { most }, context) =>
    TROUBLES.flatMap(({ counter, severity, one, more }) => {
      const { seconds } = section.since_last;
      const grown = section.since_last[counter] ?? 0;
      if (grown <= most) return [];
      return [
        {
          subject: counter,
          severity,
          message: `rqlite had ${many(grown, one, more)} in ${ageInWords(seconds)}`,
          evidence: { asked: 'GET /debug/vars', answered: `${counter} rose by ${grown} in ${ageInWords(seconds)}`, limit: String(most) },
          next: logOf(section),
          ...(counter === 'leader_not_found' && section.has_leader === false ? withoutLeader(context) : {}),
        },
      ];
    }),
});

function logOf({ unit }: Rqlite): Next {
  return unit === null ? { say: 'Read the log of its rqlite.' } : onNode`journalctl -u ${unit} -n 50`;
}

/** What explains a node that cannot serve: its cluster has no leader, and that mostly for want of voters. */
function withoutLeader({ node, snapshot }: Context): Pick<Found, 'follows'> {
  const cluster = clusterOf(node, snapshot);
  if (cluster === undefined) return {};
  const alive = cluster.voters.filter((voter) => voter.alive).length;
  const lost = cluster.voters.length > 0 && alive <= Math.floor(cluster.voters.length / 2);
  return { follows: { rule: lost ? QUORUM_LOST : NO_LEADER, subject: cluster.subject, node: CLUSTER } };
}

/** What may be wrong with rqlite, on one node and across its cluster. */
export const rules: readonly Rule[] = [
  unresponsive,
  notReady,
  strongRead,
  raftState,
  backlog,
  burden,
  errors,
  ...quorumRules,
  partedRule,
  ...levelRules,
];
