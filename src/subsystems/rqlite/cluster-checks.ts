import type { CheckDefinition } from '../../core/check-definition.ts';
import { CLUSTER, fleetRule } from '../../core/rule.ts';
import type { Rqlite } from './section.ts';

/** Databases of one log differ in size by their free pages only. */
const sizesDiffer = fleetRule<Rqlite>()({
  name: 'db-size-differs',
  severity: 'warning',
  about: 'The databases of one cluster differ much in size.',
  source: "Orama's inspector",
  levels: { ratio: 1.05 },
  compare: (fleet, { ratio }) => {
    const sized = fleet.flatMap(({ node, section }) =>
      section.db_size_bytes === null ? [] : [{ name: node.name, bytes: section.db_size_bytes }],
    );
    const inOrder = sized.sort((a, b) => a.bytes - b.bytes);
    const [least, most] = [inOrder[0], inOrder.at(-1)];
    if (least === undefined || most === undefined || most.bytes <= least.bytes * ratio) return [];
    const told = `${least.bytes} bytes on ${least.name}, ${most.bytes} on ${most.name}`;
    return [
      {
        node: CLUSTER,
        subject: 'rqlite',
        message: `The databases of rqlite differ in size: ${told} (limit ${ratio} times)`,
        evidence: { asked: 'GET /status of each node', answered: told, limit: `${ratio} times` },
      },
    ];
  },
});

/** The checks of `ward inspect` across the nodes of rqlite. */
export const clusterChecks: readonly CheckDefinition[] = [
  { id: 'rqlite.all_reachable', rules: ['peer-unreachable'], importance: 'critical', needs: ['nodes'] },
  { id: 'rqlite.single_leader', rules: ['no-leader', 'split-brain'], importance: 'critical', needs: ['raft_state'] },
  { id: 'rqlite.term_consistent', rules: ['term-differs'], importance: 'critical', needs: ['term'], fails: true },
  { id: 'rqlite.leader_agreement', rules: ['leader-differs'], importance: 'critical', needs: ['leader_addr'], fails: true },
  { id: 'rqlite.index_convergence', rules: ['applied-lag'], importance: 'critical', needs: ['applied_index'] },
  { id: 'rqlite.version_consistent', rules: ['version-differs'], importance: 'medium', needs: ['version'] },
  { id: 'rqlite.db_size_convergence', rules: [sizesDiffer], importance: 'high', needs: ['db_size_bytes'] },
  { id: 'rqlite.quorum', rules: ['quorum-lost', 'quorum-fragile'], importance: 'critical', needs: ['responsive', 'nodes'] },
];
