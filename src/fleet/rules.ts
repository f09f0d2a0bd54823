import type { Watched } from '../core/evaluate.ts';

/** What concerns the fleet as such, evaluated beside the subsystems. */
export const FLEET_RULES: readonly Watched[] = [];
