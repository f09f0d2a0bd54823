import { evaluate } from '../core/evaluate.ts';
import { CLUSTER } from '../core/rule.ts';
import type { RuleSetting } from '../core/settings.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { acrossNodes } from './across-nodes.ts';
import { CHECKS, type DefinedCheck, INSPECTED } from './defined-checks.ts';
import { onNodes } from './on-nodes.ts';
import { presence } from './presence.ts';
import { type Planned, plannedProbes } from './probes/planned.ts';
import { probeResults } from './probes/probe-results.ts';
import type { Tried } from './probes/tried.ts';
import { failsFirst, type Result } from './result.ts';
import { byRule } from './seen.ts';

/** What is to be inspected of a snapshot. */
export interface Wanted {
  /** Names of subsystems; empty for all. */
  subsystems: readonly string[];
  /** Names of the nodes of which results are wanted; checks across nodes see all of them. */
  nodes: ReadonlySet<string>;
}

/** Holds all checks against the snapshot, and those that nodes try against what came of that: fails first. What is not known is a skip with its reason, never a pass. */
export function inspect(snapshot: Snapshot, settings: readonly RuleSetting[], wanted: Wanted, tried: Tried | null = null): Result[] {
  const checks = CHECKS.filter((check) => isWanted(check, wanted.subsystems));
  const seen = byRule(evaluate(snapshot, INSPECTED, settings));
  const there = presence(snapshot);
  const results = checks.flatMap((check) =>
    check.probe !== undefined
      ? probeResults(check, snapshot, { tried, there })
      : check.each === 'node'
        ? onNodes(check, snapshot, seen, there)
        : acrossNodes(check, snapshot, seen, there),
  );
  const none = wanted.subsystems.filter((name) => !results.some((each) => belongs(each, name)));
  return [...results.filter(({ node }) => node === '' || wanted.nodes.has(node)), ...none.map(nowhere)].sort(failsFirst);
}

/** What nodes are to try for the wanted checks on the wanted nodes. */
export function probesFor(snapshot: Snapshot, { subsystems, nodes }: Wanted): Planned[] {
  return plannedProbes(
    CHECKS.filter((check) => isWanted(check, subsystems)),
    snapshot,
    nodes,
  );
}

function isWanted(check: DefinedCheck, subsystems: readonly string[]): boolean {
  return subsystems.length === 0 || check.subsystem === 'ssh' || subsystems.some((name) => belongs(check, name));
}

/** Some ids of the original's `system` are told here by subsystems of their own. */
function belongs({ subsystem, id }: { subsystem: string; id: string }, name: string): boolean {
  return subsystem === name || id.startsWith(`${name}.`);
}

function nowhere(subsystem: string): Result {
  return {
    ...{ id: `${subsystem}.here`, name: 'here', subsystem, importance: 'low', order: CHECKS.length, status: 'skip', node: '', subject: '' },
    message: `${subsystem} is on none of the nodes that were read`,
    ...{ evidence: null, next: null, log: [], follows: null },
  } as Result;
}

/** Node of a result as people read it. */
export function placeOf({ node }: Pick<Result, 'node'>): string {
  return node === '' ? CLUSTER : node;
}
