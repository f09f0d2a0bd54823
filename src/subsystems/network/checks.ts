import { type CheckDefinition, numberRule } from '../../core/check-definition.ts';
import { onNode } from '../../core/command.ts';
import { type Rule, rule } from '../../core/rule.ts';
import type { NodeSnapshot } from '../../core/snapshot.ts';
import type { Network } from './section.ts';

const established = numberRule<Network>()({
  ...{
    name: 'many-established',
    field: 'tcp_established',
    subject: 'tcp',
    asked: '/proc/net/sockstat',
    what: 'TCP has',
    unit: ' open connections',
  },
  about: 'There are more open connections than the programs of a node explain.',
  levels: { warning: 5000 },
});

const timeWait = numberRule<Network>()({
  ...{
    name: 'many-time-wait',
    field: 'tcp_time_wait',
    subject: 'tcp',
    asked: '/proc/net/sockstat',
    what: 'TCP has',
    unit: ' connections in TIME_WAIT',
  },
  about: 'Very many connections were closed within a minute.',
  levels: { warning: 10_000 },
});

const isOrama = ({ profile }: NodeSnapshot) => profile === 'orama';
const hasMesh = ({ report }: NodeSnapshot) => report?.states['wireguard'] !== 'absent';

/** Ports of profile orama and what holds them. */
const HELD: readonly [port: number, subsystem: string][] = [
  [5001, 'rqlite'],
  [3322, 'olric'],
  [6001, 'gateway'],
  [4501, 'ipfs'],
];

/** Nothing listens on a port that a subsystem of the node should hold. */
function unbound(port: number, subsystem: string): Rule {
  return rule<Network>()({
    ...{
      name: `port-${port}-unbound`,
      severity: 'warning',
      source: "Orama's inspector",
      levels: {},
      needs: ['listening_ports'],
    },
    about: `Nothing listens on port ${port}, which ${subsystem} should hold. In profile orama only.`,
    find: ({ listening_ports: ports }) =>
      ports.some((each) => each.port === port && each.proto === 'tcp')
        ? []
        : [
            {
              subject: `${port}/tcp`,
              message: `Nothing listens on port ${port}, which ${subsystem} should hold`,
              evidence: { asked: '/proc/net/tcp', answered: 'no socket on the port', limit: 'one that listens' },
              next: onNode`ss -Hltn`,
            },
          ],
  });
}

function portCheck([port, subsystem]: readonly [number, string]): CheckDefinition {
  const isHere = ({ report }: NodeSnapshot) => report === null || report.states[subsystem] === 'ok';
  return {
    id: `system.port_${port}`,
    rules: [unbound(port, subsystem)],
    importance: 'high',
    concerns: (node) => isOrama(node) && isHere(node),
  };
}

/** The checks of `ward inspect` on the network. */
export const checks: readonly CheckDefinition[] = [
  { id: 'network.internet', rules: ['unreachable'], importance: 'high', fails: true },
  { id: 'network.default_route', rules: ['default-route'], importance: 'critical', needs: ['default_route'] },
  {
    id: 'network.wg_route',
    rules: ['mesh-route'],
    importance: 'critical',
    concerns: (node) => isOrama(node) && hasMesh(node),
    fails: true,
  },
  { id: 'network.tcp_established', rules: [established], importance: 'medium' },
  { id: 'network.tcp_timewait', rules: [timeWait], importance: 'medium' },
  { id: 'network.tcp_retrans', rules: ['retransmission'], importance: 'high' },
  { id: 'network.expected_ports', rules: ['port-silent'], importance: 'high', needs: ['expected_ports', 'expected_ports[].held'] },
  { id: 'network.interface_errors', rules: ['interface-errors'], importance: 'medium', needs: ['interfaces', 'interfaces[].errors_new'] },
  { id: 'network.interface_drops', rules: ['interface-drops'], importance: 'medium', needs: ['interfaces', 'interfaces[].drops_new'] },
  {
    id: 'network.wg_mesh_ping',
    rules: [],
    importance: 'critical',
    concerns: hasMesh,
    each: 'node',
    probe: {
      ...{ by: 'itself', most: 1, enough: 'each', failed: 'gets no answer over the mesh from' },
      trials: ({ report }) => (report?.states['wireguard'] === 'ok' ? [{ kind: 'mesh-ping', target: 'all', subject: '' }] : []),
    },
  },
  { id: 'system.ufw', rules: ['ufw-inactive'], importance: 'high' },
  ...HELD.map(portCheck),
];
