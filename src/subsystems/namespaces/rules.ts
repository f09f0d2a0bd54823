import { onNode } from '../../core/command.ts';
import { mildWhileJoining } from '../../core/joining.ts';
import { CLUSTER, fleetRule, type Rule, rule } from '../../core/rule.ts';
import { listed } from '../../core/units.ts';
import { byName } from './programs.ts';
import type { Namespace, Namespaces } from './section.ts';

type Program = 'rqlite' | 'olric' | 'gateway';
const TITLES: Readonly<Record<Program, string>> = { rqlite: 'rqlite', olric: 'Olric', gateway: 'gateway' };
const OFFSETS: Readonly<Record<Program, number>> = { rqlite: 0, olric: 3, gateway: 4 };

/** A program of a namespace that is not up. */
function down(program: Program, source: string): Rule {
  return rule<Namespaces>()({
    name: `${program}-down`,
    severity: 'warning',
    about: `The ${TITLES[program]} of a namespace does not answer on its port.`,
    source,
    levels: {},
    needs: [],
    find: (section, _levels, context) =>
      section
        .filter((namespace) => namespace[`${program}_up`] === false)
        .map(({ name, port_base }) => {
          const port = port_base === null ? '?' : port_base + OFFSETS[program];
          return {
            ...mildWhileJoining(context.node),
            subject: name,
            message: `${TITLES[program]} of namespace ${name} does not answer on port ${port}`,
            evidence: { asked: `port ${port}`, answered: 'no answer', limit: 'an answer' },
            next: onNode`journalctl -u ${`orama-namespace-${program}@${name}`} -n 50`,
          };
        }),
  });
}

const notReady = rule<Namespaces>()({
  name: 'rqlite-not-ready',
  severity: 'warning',
  about: 'The rqlite of a namespace answers, but is not ready to serve.',
  source: 'Orama',
  levels: {},
  needs: [],
  find: (section, _levels, context) =>
    section
      .filter(({ rqlite_up: up, rqlite_ready: ready }) => up === true && ready === false)
      .map(({ name, rqlite_state: state, port_base }) => ({
        ...mildWhileJoining(context.node),
        subject: name,
        message: `rqlite of namespace ${name} is not ready, in state ${state ?? 'unknown'}`,
        evidence: { asked: `GET /readyz on port ${port_base ?? '?'}`, answered: 'not ready', limit: 'status 200' },
        next: onNode`curl -s ${`http://127.0.0.1:${port_base ?? ''}/readyz`}`,
        follows: { rule: 'namespaces/no-leader', subject: name, node: CLUSTER },
      })),
});

const gatewayUnwell = rule<Namespaces>()({
  name: 'gateway-unwell',
  severity: 'warning',
  about: 'The gateway of a namespace answers with an error to the question for its health.',
  source: 'our own',
  levels: { status: 500 },
  needs: [],
  find: (section, levels, context) =>
    section
      .filter(({ gateway_status: status }) => status !== null && status >= levels.status)
      .map(({ name, gateway_status: status, port_base }) => ({
        ...mildWhileJoining(context.node),
        subject: name,
        message: `gateway of namespace ${name} answers its health check with status ${status}`,
        evidence: {
          asked: `GET health on port ${port_base === null ? '?' : port_base + OFFSETS.gateway}`,
          answered: `status ${status}`,
          limit: `below ${levels.status}`,
        },
        next: onNode`journalctl -u ${`orama-namespace-gateway@${name}`} -n 50`,
      })),
});

const noLeader = fleetRule<Namespaces>()({
  name: 'no-leader',
  severity: 'critical',
  about: 'The databases of a namespace answer on its nodes, but none of them leads or names a leader.',
  source: "Orama's inspector: quorum per namespace",
  levels: {},
  compare: (fleet) =>
    [...byName(fleet)].flatMap(([name, at]) => {
      const up = at.filter(({ namespace }) => namespace.rqlite_up === true && namespace.rqlite_state !== null);
      if (up.length === 0 || up.some(({ namespace }) => namespace.rqlite_state === 'Leader' || namespace.rqlite_leader !== null)) return [];
      const states = listed(up.map(({ node, namespace }) => `${node} ${namespace.rqlite_state}`));
      return [
        {
          node: CLUSTER,
          subject: name,
          message: `rqlite of namespace ${name} has no leader: nothing can be written`,
          evidence: { asked: 'GET /status of each node', answered: states, limit: 'one leader' },
          next: { say: `Look at the nodes of ${name} whose rqlite does not answer first.` },
        },
      ];
    }),
});

const splitBrain = fleetRule<Namespaces>()({
  name: 'split-brain',
  severity: 'critical',
  about: 'More than one node says that it leads the database of a namespace.',
  source: 'our own',
  levels: {},
  compare: (fleet) =>
    [...byName(fleet)].flatMap(([name, at]) => {
      const leaders = at.filter(({ namespace }) => leads(namespace)).map(({ node }) => node);
      if (leaders.length < 2) return [];
      return [
        {
          node: CLUSTER,
          subject: name,
          message: `rqlite of namespace ${name} has ${leaders.length} leaders, ${listed(leaders)}: both may take writes that the other never sees`,
          evidence: { asked: 'GET /status of each node', answered: listed(leaders), limit: 'one leader' },
          next: { say: 'Find out whether these nodes reach each other.' },
        },
      ];
    }),
});

function leads({ rqlite_state: state }: Namespace): boolean {
  return state === 'Leader';
}

/** What may be wrong with the namespaces of a node, and with one across its nodes. */
export const rules: readonly Rule[] = [
  down('gateway', 'Orama'),
  down('rqlite', 'Orama'),
  down('olric', 'our own'),
  notReady,
  gatewayUnwell,
  noLeader,
  splitBrain,
];
