import { CLUSTER, type Evidence, type Found, fleetRule, type Next, type Rule, type Severity } from '../../core/rule.ts';
import type { Failure, FailureCause, NodeSnapshot, OwnNetwork } from '../../core/snapshot.ts';
import { adviceOn } from '../ssh/advice.ts';
import { heardByOthers } from './heard-by-others.ts';

type FoundAt = Found & { node: string };

/** A node that gave no report, and why. */
type Silent = NodeSnapshot & { failure: Failure };

/** Causes that a machine which is off, cut off or hung has; those of the network come first. */
const OUT_OF_REACH: readonly FailureCause[] = [
  'dns',
  'unreachable',
  'timeout',
  'refused',
  'reset',
  'handshake',
  'throttled',
  'hung',
  'other',
];
/** The subject of every finding on the way to a node: there is one way. */
const SUBJECT = 'ssh';
/** With so many nodes out of reach it is no coincidence any more. */
const LEVELS = { share_pct: 50, nodes: 3 };

interface Kind {
  name: string;
  severity: Severity;
  about: string;
  causes: readonly FailureCause[];
  sentence: (message: string) => string;
}

const KINDS: readonly Kind[] = [
  {
    name: 'host-key-changed',
    severity: 'critical',
    about: 'A node shows another host key than the known one, so nothing is sent to it.',
    causes: ['host-key-changed'],
    sentence: (message) => capital(message),
  },
  {
    name: 'not-enrolled',
    severity: 'warning',
    about: 'The host key of a node is not known here, so nothing is sent to it.',
    causes: ['host-key-unknown'],
    sentence: (message) => capital(message),
  },
  {
    name: 'login-refused',
    severity: 'critical',
    about: 'A node answers, and does not let us in or does not let us make its report.',
    causes: ['authentication', 'sudo'],
    sentence: (message) => capital(message),
  },
  {
    name: 'no-agent',
    severity: 'warning',
    about: 'A node has nothing on it that makes a report.',
    causes: ['no-agent'],
    sentence: (message) => capital(message),
  },
  {
    name: 'replay',
    severity: 'critical',
    about: 'A node answered with a report that was not made for this request.',
    causes: ['replay'],
    sentence: (message) => capital(message),
  },
  {
    name: 'no-report',
    severity: 'critical',
    about: 'A node let us in, and what it sent is no report that can be used.',
    causes: ['agent-broken', 'truncated', 'too-large', 'not-a-report', 'version'],
    sentence: (message) => `No report: ${message}`,
  },
];

const unreachable = fleetRule<never>()({
  name: 'unreachable',
  severity: 'critical',
  about: 'A node does not answer. What follows from its silence is muted under this.',
  source: 'Orama: SSH collection failed',
  levels: LEVELS,
  compare: (_fleet, levels, { nodes }) => {
    const grouped = isGrouped(outOfReach(nodes).length, nodes.length, levels);
    return silentFor(nodes, OUT_OF_REACH).map((node) => ({
      ...(grouped ? { follows: { rule: 'ssh/fleet-unreachable', subject: 'fleet', node: CLUSTER } } : {}),
      ...found(node, nodes, (message) => `Does not answer: ${message}`),
    }));
  },
});

const fleetUnreachable = fleetRule<never>()({
  name: 'fleet-unreachable',
  severity: 'critical',
  about: 'Half of the fleet or more does not answer at once: one cause is likely, and this machine itself may be cut off.',
  source: 'our own: one finding, not a hundred',
  levels: LEVELS,
  compare: (_fleet, levels, { nodes, own_network: own }) => {
    const silent = outOfReach(nodes);
    if (!isGrouped(silent.length, nodes.length, levels)) return [];
    const cutOff = own === undefined ? null : cutOffBy(own);
    const causes = [...new Set(silent.map(({ failure }) => failure.message))];
    const gateway = own?.gateway_answers === true ? `; the gateway ${own.gateway} answers` : '';
    const next: Next = { on: 'here', command: cutOff === null ? 'ip route get 1.1.1.1' : 'ip route' };
    return [
      {
        node: CLUSTER,
        subject: 'fleet',
        message: `${silent.length} of ${nodes.length} nodes do not answer${cutOff === null ? '' : `; probably they run, for ${cutOff}`}`,
        evidence: {
          asked: 'ssh to each node, and the routes and neighbours of this machine',
          answered: `${causes.slice(0, 3).join('; ')}${causes.length > 3 ? ' …' : ''}${gateway}`,
          limit: `${levels.share_pct}% of the nodes, at least ${levels.nodes}`,
        },
        next,
      },
    ];
  },
});

/** What keeps this machine itself from reaching anybody; null where nothing is known to. */
function cutOffBy({ default_route, gateway, gateway_answers }: OwnNetwork): string | null {
  if (default_route === false) return 'this machine has no default route';
  return gateway_answers === false ? `this machine's gateway ${gateway} does not answer` : null;
}

function isGrouped(silent: number, all: number, { share_pct, nodes }: typeof LEVELS): boolean {
  return silent >= nodes && silent * 100 >= all * share_pct;
}

function ofKind({ name, severity, about, causes, sentence }: Kind): Rule {
  return fleetRule<never>()({
    name,
    severity,
    about,
    source: 'Orama: SSH collection failed',
    levels: {},
    compare: (_fleet, _levels, { nodes }) => silentFor(nodes, causes).map((node) => found(node, nodes, sentence)),
  });
}

function silentFor(nodes: readonly NodeSnapshot[], causes: readonly FailureCause[]): Silent[] {
  return nodes.filter((node): node is Silent => node.failure !== null && causes.includes(node.failure.cause));
}

/** Those that are not only silent because their jump host is. */
function outOfReach(nodes: readonly NodeSnapshot[]): Silent[] {
  return silentFor(nodes, OUT_OF_REACH).filter((node) => jumpOf(node, nodes) === null);
}

/** The jump host at which the way to the node broke off, where that gave no report itself. */
function jumpOf({ failure }: Silent, nodes: readonly NodeSnapshot[]): Silent | null {
  if (failure.at === undefined) return null;
  return nodes.find((each): each is Silent => each.name === failure.at && each.failure !== null) ?? null;
}

function found(node: Silent, nodes: readonly NodeSnapshot[], sentence: (message: string) => string): FoundAt {
  const { name, host, failure } = node;
  const heard = OUT_OF_REACH.includes(failure.cause) ? heardByOthers(node, nodes) : '';
  const answered = `${failure.message}${heard === '' ? '' : `; ${heard}`}`;
  const evidence: Evidence = { asked: `ssh to ${host ?? name}`, answered, limit: '' };
  const jump = jumpOf(node, nodes);
  return {
    ...{ node: name, subject: SUBJECT, message: sentence(failure.message), evidence, next: nextOf({ name, host, failure }) },
    ...(jump === null ? {} : { follows: { rule: ruleFor(jump.failure.cause), subject: SUBJECT, node: jump.name } }),
  };
}

function ruleFor(cause: FailureCause): string {
  return `ssh/${KINDS.find(({ causes }) => causes.includes(cause))?.name ?? 'unreachable'}`;
}

/** What the transport advised, with its details; a command where the cause has one. */
function nextOf({ name, host, failure }: Pick<Silent, 'name' | 'host' | 'failure'>): Next {
  const general = adviceOn(failure.cause, { name, host });
  if ('say' in general) return failure.next === '' ? general : { say: failure.next };
  return failure.next === '' ? general : { on: 'here', command: failure.next };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Whether nodes can be reached and let us in. */
export const reachedRules: readonly Rule[] = [unreachable, fleetUnreachable, ...KINDS.map(ofKind)];
