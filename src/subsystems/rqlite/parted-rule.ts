import { onNode } from '../../core/command.ts';
import { mildWhileJoining } from '../../core/joining.ts';
import { CLUSTER, type Found, fleetRule, type Next } from '../../core/rule.ts';
import { listed } from '../../core/units.ts';
import { type Member, type RaftCluster, raftClusters, type Voter, voterName } from './raft-clusters.ts';
import type { Rqlite } from './section.ts';

type FoundAt = Found & { node: string };

/** Nodes that do not reach each other: one finding for the node that is gone or cut off, whoever misses it. */
export const partedRule = fleetRule<Rqlite>()({
  name: 'peer-unreachable',
  severity: 'critical',
  about: 'Nodes of a cluster do not reach another one of it: it is down, or the network between them is parted.',
  source: 'Orama, later in 2026',
  levels: {},
  compare: (_fleet, _levels, snapshot) => raftClusters(snapshot).flatMap(parted),
});

function parted(cluster: RaftCluster): FoundAt[] {
  const { answering, voters, others } = cluster;
  const cutOff = answering.filter((member) => isCutOff(member, answering));
  const lonely = new Set(cutOff.map(({ name }) => name));
  return [
    ...cutOff.map((member) => reachesNobody(member, cluster)),
    ...[...voters, ...others]
      .filter(({ node }) => node === null || !lonely.has(node.name))
      .map((voter) => ({ ...voter, unseenBy: voter.unseenBy.filter(({ name }) => !lonely.has(name)) }))
      .filter(({ unseenBy }) => unseenBy.length > 0)
      .map((voter) => notReached(voter, cluster)),
  ];
}

/** Whether a node reaches none of several others, though one of them answers on its own machine. */
function isCutOff({ section }: Member, answering: readonly Member[]): boolean {
  const others = Object.entries(section.nodes ?? {}).filter(([id]) => id !== section.node_id);
  const alive = others.some(([id]) => answering.some((each) => each.section.node_id === id));
  return others.length > 1 && alive && others.every(([, { reachable }]) => !reachable);
}

function reachesNobody({ name, node, section }: Member, { answering, subject }: RaftCluster): FoundAt {
  const others = listed(answering.filter((each) => each.node !== node).map((each) => each.name));
  return {
    node: name,
    subject: section.node_id ?? name,
    ...mildWhileJoining(node),
    message: `${name} reaches no other node of ${subject}, though ${others} answer on their own machines: the network between them is probably parted`,
    evidence: {
      asked: 'GET /nodes',
      answered: `${name} reaches none of ${Object.keys(section.nodes ?? {}).length - 1} others`,
      limit: 'all of them',
    },
    next: section.api === null ? { say: 'Look whether it reaches the others.' } : onNode`curl -s ${`http://${section.api}/nodes?ver=2`}`,
  };
}

function notReached(voter: Voter, { subject, answering }: RaftCluster): FoundAt {
  const [name, observers] = [voterName(voter), listed(voter.unseenBy.map((each) => each.name))];
  const answers = answering.some((member) => member.node === voter.node);
  return {
    node: voter.node?.name ?? CLUSTER,
    subject: voter.id,
    ...mildWhileJoining(voter.node ?? undefined),
    message: `${name} is not reached by ${observers}${answers ? ', though it answers on its own machine: the network between them is probably parted' : ''}`,
    evidence: {
      asked: 'GET /nodes',
      answered: `${name} at ${voter.addr ?? '?'}: ${voter.unseenBy[0]?.error || 'not reachable'}`,
      limit: `reached by all of ${subject}`,
    },
    next: voter.node === null ? askedOf(answering[0]) : onNode`ss -Hltn sport = :${portOf(voter)}`,
    ...(voter.node === null
      ? {}
      : { about: voter.node.name, follows: { rule: 'rqlite/unresponsive', subject: 'rqlite', node: voter.node.name } }),
  };
}

function portOf({ addr }: Voter): string {
  return addr?.slice(addr.lastIndexOf(':') + 1) ?? '7001';
}

function askedOf(member: Member | undefined): Next {
  const api = member?.section.api ?? null;
  return api === null ? { say: 'Look whether its machine answers.' } : onNode`curl -s ${`http://${api}/nodes?ver=2`}`;
}
