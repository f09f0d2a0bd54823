import type { Watched } from '../core/evaluate.ts';
import { identityRules } from './rules/identity.ts';
import { reachedRules } from './rules/reached.ts';
import { reportedRules } from './rules/reported.ts';

/** What concerns nodes and their reports as such, evaluated beside the subsystems. */
export const FLEET_RULES: readonly Watched[] = [
  { name: 'ssh', rules: reachedRules },
  { name: 'fleet', rules: identityRules },
  { name: 'report', rules: reportedRules },
];
