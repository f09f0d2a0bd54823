import { onNode } from '../../core/command.ts';
import { mildWhileJoining } from '../../core/joining.ts';
import { CLUSTER, type Found, fleetRule, type Rule } from '../../core/rule.ts';
import { ageInWords, count, listed } from '../../core/units.ts';
import { type Member, raftClusters } from './raft-clusters.ts';
import type { Rqlite } from './section.ts';

type FoundAt = Found & { node: string };

const lag = fleetRule<Rqlite>()({
  name: 'applied-lag',
  severity: 'warning',
  about: 'A node has applied fewer log entries than the one that is furthest on, beyond what was written between the two looks.',
  source: 'Orama: 100 entries',
  levels: { entries: 100 },
  compare: (_fleet, { entries }, snapshot) =>
    raftClusters(snapshot).flatMap(({ answering }): FoundAt[] => {
      const [front] = answering.filter(({ section }) => section.applied_index !== null).sort((a, b) => applied(b) - applied(a));
      if (front === undefined) return [];
      return answering.flatMap((member) => {
        const behind = applied(front) - applied(member);
        const between = writtenBetween(front, member);
        return member.section.applied_index === null || behind - between <= entries ? [] : [lags(member, front, { behind, entries })];
      });
    }),
});

function applied({ section }: Member): number {
  return section.applied_index ?? 0;
}

/** Nodes are not read at one moment: what the cluster writes meanwhile is no lag. */
function writtenBetween(front: Member, { node }: Member): number {
  const recent = front.section.since_last;
  if (recent === null || recent.applied === null || recent.seconds <= 0) return 0;
  return (recent.applied / recent.seconds) * Math.max(0, (front.node.answered_at_ms - node.asked_at_ms) / 1000);
}

function lags(member: Member, front: Member, { behind, entries }: { behind: number; entries: number }): FoundAt {
  const { section, node, name } = member;
  const pending = (section.commit_index ?? 0) - applied(member) > entries;
  const silent =
    section.last_contact_ms !== null && section.last_contact_ms >= 1000
      ? `, last heard the leader ${ageInWords(section.last_contact_ms / 1000)} ago`
      : '';
  return {
    node: name,
    subject: 'rqlite',
    ...mildWhileJoining(node),
    message: `rqlite is ${count(behind)} log entries behind ${front.name} (limit ${entries})${silent}${timeBehind(behind, front)}`,
    evidence: {
      asked: 'GET /status of each node',
      answered: `applied ${applied(member)}, ${front.name} ${applied(front)}; last contact ${section.last_contact ?? 'not known'}`,
      limit: `${entries} entries`,
    },
    next: section.unit === null ? { say: 'Read the log of its rqlite.' } : onNode`journalctl -u ${section.unit} -n 50`,
    ...(pending ? { follows: { rule: 'rqlite/apply-backlog', subject: 'rqlite' } } : {}),
  };
}

/** How much time of writing the lag is, where the rate of the one in front is known. */
function timeBehind(behind: number, { section }: Member): string {
  const recent = section.since_last;
  if (recent === null || recent.applied === null || recent.applied === 0) return '';
  return `, about ${ageInWords((behind * recent.seconds) / recent.applied)} of writing`;
}

const termDiffers = fleetRule<Rqlite>()({
  name: 'term-differs',
  severity: 'warning',
  about: 'Nodes of one cluster are in terms further apart than an election explains.',
  source: 'Orama: within 1',
  levels: { terms: 1 },
  compare: (_fleet, { terms }, snapshot) =>
    raftClusters(snapshot).flatMap(({ subject, answering }): FoundAt[] => {
      const known = answering.filter(({ section }) => section.term !== null).sort((a, b) => (a.section.term ?? 0) - (b.section.term ?? 0));
      const [low, high] = [known[0], known.at(-1)];
      const apart = (high?.section.term ?? 0) - (low?.section.term ?? 0);
      if (low === undefined || high === undefined || apart <= terms) return [];
      return [
        {
          node: CLUSTER,
          subject,
          message: `${subject} is in terms ${apart} apart (limit ${terms}): ${low.name} in ${low.section.term}, ${high.name} in ${high.section.term}`,
          evidence: {
            asked: 'GET /status of each node',
            answered: listed(known.map(({ name, section }) => `${name} ${section.term}`)),
            limit: `${terms} apart`,
          },
          next: { say: `Find out why ${high.name} calls for elections: it probably does not hear the others.` },
          follows: { rule: 'rqlite/split-brain', subject, node: CLUSTER },
        },
      ];
    }),
});

const versionDiffers = fleetRule<Rqlite>()({
  name: 'version-differs',
  severity: 'warning',
  about: 'Nodes of one cluster run different versions of rqlite.',
  source: "Orama's inspector",
  levels: {},
  compare: (_fleet, _levels, snapshot) =>
    raftClusters(snapshot).flatMap(({ subject, answering }): FoundAt[] => {
      const versions = Map.groupBy(
        answering.filter(({ section }) => section.version !== null),
        ({ section }) => section.version ?? '',
      );
      if (versions.size < 2) return [];
      const told = listed(
        [...versions]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([version, members]) => `${version} on ${listed(members.map(({ name }) => name))}`),
      );
      return [
        {
          node: CLUSTER,
          subject,
          message: `${subject} runs ${versions.size} versions: ${told}`,
          evidence: { asked: 'GET /status of each node', answered: told, limit: 'one version' },
          next: { say: 'If no upgrade is under way, bring the nodes to one version, the leader last.' },
        },
      ];
    }),
});

/** What differs between the nodes of a cluster. */
export const levelRules: readonly Rule[] = [lag, termDiffers, versionDiffers];
