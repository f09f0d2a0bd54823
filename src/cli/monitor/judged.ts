import { type Evaluation, evaluate, type Watched } from '../../core/evaluate.ts';
import type { RuleSetting } from '../../core/settings.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { FLEET_RULES } from '../../fleet/rules.ts';
import { SUBSYSTEMS } from '../../subsystems/all.gen.ts';

/** Everything that has rules: the fleet as such, then the subsystems in their order. */
export function watchedByName(): readonly Watched[] {
  return [...FLEET_RULES, ...SUBSYSTEMS];
}

/** What all rules say of the snapshot: those of the subsystems, and those of the fleet as such. */
export function judged(snapshot: Snapshot, settings: readonly RuleSetting[]): Evaluation {
  return evaluate(snapshot, watchedByName(), settings);
}
