import type { CheckDefinition } from '../core/check-definition.ts';

/** What the inspector calls the rules on nodes and reports as such. */
export const FLEET_CHECKS: Readonly<Record<string, readonly CheckDefinition[]>> = {
  ssh: [
    {
      id: 'ssh.reachable',
      rules: ['unreachable', 'host-key-changed', 'not-enrolled', 'login-refused', 'no-agent', 'replay', 'no-report'],
      importance: 'critical',
      fails: true,
      each: 'node',
    },
    { id: 'ssh.fleet_reachable', rules: ['fleet-unreachable'], importance: 'critical', needs: [] },
  ],
  fleet: [
    {
      id: 'fleet.identity',
      rules: ['duplicate-identity'],
      importance: 'high',
      needs: ['machine_id'],
      // What is asked from here is none of the fleet's machines.
      concerns: ({ via }) => via !== 'local',
    },
  ],
  report: [
    { id: 'report.node_file', rules: ['node-file'], importance: 'medium', each: 'node', needs: [] },
    { id: 'report.expected', rules: ['expected-absent'], importance: 'high', each: 'node', needs: [] },
    { id: 'report.collectors', rules: ['collector-fault'], importance: 'medium', each: 'node', needs: [] },
    { id: 'report.plausible', rules: ['implausible'], importance: 'high', each: 'node', needs: [] },
  ],
};
