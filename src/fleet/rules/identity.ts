import { CLUSTER, fleetRule, type Rule } from '../../core/rule.ts';
import { onNode } from '../../core/command.ts';
import { listed } from '../../core/units.ts';

const duplicate = fleetRule<never>()({
  name: 'duplicate-identity',
  severity: 'warning',
  about:
    'Two nodes have the same machine id: one is a clone of the other, or two names lead to one machine. A shared host name alone is no matter.',
  source: 'our own: cloned machines share keys, leases and logs',
  levels: {},
  compare: (_fleet, _levels, { nodes }) => {
    const names = new Map<string, string[]>();
    for (const { name, report } of nodes) {
      const id = report?.machine_id ?? null;
      if (id !== null) names.set(id, [...(names.get(id) ?? []), name].sort());
    }
    return [...names]
      .filter(([, alike]) => alike.length > 1)
      .map(([id, alike]) => ({
        node: CLUSTER,
        subject: id.slice(0, 8),
        message: `${listed(alike)} have the same machine id: clones, or one machine under ${alike.length} names`,
        evidence: { asked: '/etc/machine-id, hashed', answered: `${id.slice(0, 8)}… on ${listed(alike)}`, limit: 'one node an id' },
        next: onNode`cat /etc/machine-id`,
      }));
  },
});

/** Whether each node is who it seems. */
export const identityRules: readonly Rule[] = [duplicate];
