import type { Found } from './rule.ts';
import type { NodeSnapshot } from './snapshot.ts';

/** A node that is young is still joining: the system or its core program is up for less. */
const JOINING_S = 300;

/** Whether the node, or its core program, began so lately that its links may still be on their way. */
export function isJoining(node: NodeSnapshot | undefined): boolean {
  const { uptime_seconds: up } = (node?.report?.system ?? {}) as { uptime_seconds?: number | null };
  const { services } = (node?.report?.services ?? {}) as { services?: readonly Unit[] | null };
  const core = services?.find(({ name }) => name === 'orama-node' || name === 'orama-node.service');
  return [up, core?.active_since_sec].some((seconds) => (seconds ?? JOINING_S) < JOINING_S);
}

interface Unit {
  name: string;
  active_since_sec: number | null;
}

/** What a finding on a node that is still joining differs in: it is info. */
export function mildWhileJoining(node: NodeSnapshot | undefined): Pick<Found, 'severity'> {
  return isJoining(node) ? { severity: 'info' } : {};
}
