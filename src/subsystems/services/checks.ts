import type { CheckDefinition } from '../../core/check-definition.ts';
import type { Services } from './section.ts';

/** A failed unit is told by no_failed_units alone. */
const running = ({ services }: Services) =>
  (services ?? []).filter(({ active_state: state }) => state === 'active' || state === 'reloading').map(({ name }) => name);

/** The checks of `ward inspect` on units. */
export const checks: readonly CheckDefinition[] = [
  { id: 'system.no_failed_units', rules: ['failed'], importance: 'high', needs: ['failed_units'] },
  {
    ...{ id: 'system.svc_*', rules: ['not-active', 'missing'], importance: 'critical', subjects: running },
    needs: ['services', 'services[].active_state'],
  },
  { id: 'services.restart_loop', rules: ['restart-loop'], importance: 'high', needs: ['services'] },
];
