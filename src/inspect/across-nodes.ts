import type { NodeSnapshot, Snapshot } from '../core/snapshot.ts';
import { listed, many } from '../core/units.ts';
import type { DefinedCheck } from './defined-checks.ts';
import { notKnown } from './known.ts';
import { bare, hasSection } from './on-nodes.ts';
import type { Presence } from './presence.ts';
import type { Result } from './result.ts';
import { foundBy, outcomes, resultOf, type Seen } from './seen.ts';

const NAMED = 3;

/** What nodes compared with each other show: what was found, else one result for the fleet. It passes only if every node could be compared. */
export function acrossNodes(check: DefinedCheck, snapshot: Snapshot, seen: Seen, there: Presence): Result[] {
  const found = foundBy(check, seen, null).map((finding) => resultOf(check, finding));
  if (found.length > 0) return found;
  const held = outcomes(check, seen, null);
  if (held.length === 0 && check.unasked === undefined) return [];
  const nodes = snapshot.nodes.filter((node) => (check.concerns?.(node) ?? true) && takesPart(check, node, there));
  if (nodes.length === 0) return [];
  const reason = check.unasked ?? held.find(({ outcome }) => outcome === 'skip')?.reason ?? incomparable(check, nodes);
  if (reason !== null) return [bare(check, { status: 'skip', message: reason, node: '' })];
  const evidence = { asked: `the reports of ${many(nodes.length, 'node')}`, answered: 'nothing differs', limit: '' };
  return [{ ...bare(check, { status: 'pass', message: `holds on ${many(nodes.length, 'node')}`, node: '' }), evidence }];
}

function takesPart({ subsystem }: DefinedCheck, node: NodeSnapshot, there: Presence): boolean {
  if (isOfTheFleet(subsystem)) return true;
  return node.report === null ? there(node, subsystem) : hasSection(node.report, subsystem);
}

function isOfTheFleet(subsystem: string): boolean {
  return subsystem === 'ssh' || subsystem === 'fleet';
}

function incomparable(check: DefinedCheck, nodes: readonly NodeSnapshot[]): string | null {
  if (check.subsystem === 'ssh') return null;
  if (nodes.length < 2) return 'there is one node alone, and nothing to compare it with';
  const without = nodes.filter((node) => node.report === null || notKnown(node, check) !== null).map(({ name }) => name);
  if (without.length === 0) return null;
  const named = without.length > NAMED + 1 ? [...without.slice(0, NAMED), `${without.length - NAMED} more`] : without;
  return `cannot be told without ${listed(named)}`;
}
