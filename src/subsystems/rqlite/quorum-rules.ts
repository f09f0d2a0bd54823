import { onNode } from '../../core/command.ts';
import { CLUSTER, type Found, fleetRule, type Next, type Rule } from '../../core/rule.ts';
import { listed, many } from '../../core/units.ts';
import { quorumOf, type RaftCluster, raftClusters, type Voter, voterName } from './raft-clusters.ts';
import type { Rqlite } from './section.ts';

type FoundAt = Found & { node: string };

export const QUORUM_LOST = 'rqlite/quorum-lost';
export const NO_LEADER = 'rqlite/no-leader';

const quorumLost = fleetRule<Rqlite>()({
  name: 'quorum-lost',
  severity: 'critical',
  about: 'So many voters are silent that the rest is no majority: nothing can be written. Silent voters count as voters.',
  source: 'Orama, later in 2026',
  levels: {},
  compare: (_fleet, _levels, snapshot) =>
    raftClusters(snapshot).flatMap((cluster) => {
      const quorum = quorumOf(cluster);
      if (quorum === null || quorum.alive >= quorum.needed) return [];
      return [{ ...aboutVoters(cluster, 'nothing can be written until another is back', 'silent'), next: lookAt(cluster, quorum.missing) }];
    }),
});

const quorumFragile = fleetRule<Rqlite>()({
  name: 'quorum-fragile',
  severity: 'warning',
  about: 'A voter is silent and the rest is a bare majority: one more lost stops all writes.',
  source: 'Orama, later in 2026',
  levels: {},
  compare: (_fleet, _levels, snapshot) =>
    raftClusters(snapshot).flatMap((cluster) => {
      const quorum = quorumOf(cluster);
      if (quorum === null || quorum.alive !== quorum.needed || quorum.missing.length === 0) return [];
      return [{ ...aboutVoters(cluster, 'one more lost stops all writes', 'silent'), next: lookAt(cluster, quorum.missing) }];
    }),
});

/** What is common to both: how many voters are left, which are not, and how many it takes. */
function aboutVoters(cluster: RaftCluster, so: string, how: string): FoundAt {
  const { alive, total, needed, missing } = quorumOf(cluster) ?? { alive: 0, total: 0, needed: 0, missing: [] };
  const names = listed(missing.map(voterName));
  return {
    node: CLUSTER,
    subject: cluster.subject,
    message: `${cluster.subject} has ${alive} of ${many(total, 'voter')}, ${names} ${how}: ${so}`,
    evidence: {
      asked: 'GET /nodes and /status of each node',
      answered: `${alive} of ${total} voters, without ${names}`,
      limit: `${needed} for a majority`,
    },
  };
}

const noLeader = fleetRule<Rqlite>()({
  name: 'no-leader',
  severity: 'critical',
  about: 'Nodes answer but none of them leads, and they name no other that does: nothing can be written.',
  source: 'Orama',
  levels: {},
  compare: (_fleet, _levels, snapshot) =>
    raftClusters(snapshot).flatMap((cluster): FoundAt[] => {
      if (cluster.answering.length === 0 || leads(cluster)) return [];
      const states = listed(cluster.answering.map(({ name, section }) => `${name} ${section.raft_state ?? 'unknown'}`));
      const quorum = quorumOf(cluster);
      return [
        {
          node: CLUSTER,
          subject: cluster.subject,
          message: `${cluster.subject} has no leader: nothing can be written`,
          evidence: { asked: 'GET /status of each node', answered: states, limit: 'one leader' },
          next: lookAt(cluster, quorum?.missing ?? []),
          follows: { rule: QUORUM_LOST, subject: cluster.subject, node: CLUSTER },
        },
      ];
    }),
});

/** Whether one leads, or one that was not read may lead, by the word of the others. */
function leads({ answering, voters }: RaftCluster): boolean {
  return answering.some(
    ({ section }) =>
      section.raft_state === 'Leader' ||
      section.raft_state === null ||
      (section.leader_addr !== null &&
        !answering.some((each) => each.section.addr === section.leader_addr) &&
        mayLead(voters, section.leader_addr)),
  );
}

function mayLead(voters: readonly Voter[], addr: string): boolean {
  return voters.find((voter) => voter.addr === addr)?.alive ?? true;
}

const splitBrain = fleetRule<Rqlite>()({
  name: 'split-brain',
  severity: 'critical',
  about: 'More than one node of a cluster says that it leads: both may take writes that the other never sees.',
  source: 'Orama',
  levels: {},
  compare: (_fleet, _levels, snapshot) =>
    raftClusters(snapshot).flatMap(({ subject, answering }): FoundAt[] => {
      const leaders = answering.filter(({ section }) => section.raft_state === 'Leader');
      if (leaders.length < 2) return [];
      const told = listed(leaders.map(({ name, section }) => `${name} in term ${section.term ?? '?'}`));
      return [
        {
          node: CLUSTER,
          subject,
          message: `${subject} has ${leaders.length} leaders, ${told}: both may take writes that the other never sees`,
          evidence: { asked: 'GET /status of each node', answered: told, limit: 'one leader' },
          next: { say: 'Find out which nodes reach each other; the leader in the lower term should step down by itself within seconds.' },
        },
      ];
    }),
});

const leaderDiffers = fleetRule<Rqlite>()({
  name: 'leader-differs',
  severity: 'warning',
  about: 'Nodes of one cluster name different leaders.',
  source: 'Orama: leader agreement',
  levels: {},
  compare: (_fleet, _levels, snapshot) =>
    raftClusters(snapshot).flatMap(({ subject, answering }): FoundAt[] => {
      const named = Map.groupBy(
        answering.filter(({ section }) => section.leader_addr !== null),
        ({ section }) => section.leader_addr ?? '',
      );
      if (named.size < 2) return [];
      const told = listed([...named].map(([addr, members]) => `${addr} by ${listed(members.map(({ name }) => name))}`));
      return [
        {
          node: CLUSTER,
          subject,
          message: `${subject} is not agreed on its leader: ${told}`,
          evidence: { asked: 'GET /status of each node', answered: told, limit: 'one leader for all' },
          follows: { rule: 'rqlite/split-brain', subject, node: CLUSTER },
        },
      ];
    }),
});

function lookAt({ answering }: RaftCluster, missing: readonly Voter[]): Next {
  const unit = answering[0]?.section.unit ?? null;
  const names = missing.map(voterName);
  if (names.length === 0) return unit === null ? { say: 'Read the logs of its nodes.' } : onNode`journalctl -u ${unit} -n 50`;
  return { say: `Look at ${listed(names)} first: whether the machine answers, then whether ${unit ?? 'rqlite'} runs there.` };
}

/** What may be wrong with a cluster as such. */
export const quorumRules: readonly Rule[] = [quorumLost, quorumFragile, noLeader, splitBrain, leaderDiffers];
