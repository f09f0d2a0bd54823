import { type Evaluation, evaluate } from '../../core/evaluate.ts';
import type { RuleSetting } from '../../core/settings.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { SUBSYSTEMS } from '../../subsystems/all.gen.ts';

/** What all rules say of the snapshot: those of the subsystems, and those of the fleet as such. */
export function judged(snapshot: Snapshot, settings: readonly RuleSetting[]): Evaluation {
  return evaluate(snapshot, SUBSYSTEMS, settings);
}
