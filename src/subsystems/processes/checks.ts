import type { CheckDefinition } from '../../core/check-definition.ts';

/** The checks of `ward inspect` on processes. */
export const checks: readonly CheckDefinition[] = [{ id: 'system.panics', rules: ['panics'], importance: 'critical' }];
