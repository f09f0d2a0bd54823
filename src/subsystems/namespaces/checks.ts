import type { CheckDefinition } from '../../core/check-definition.ts';
import type { Namespaces } from './section.ts';

const subjects = (section: Namespaces) => section.map(({ name }) => name);

/** The checks of `ward inspect` on namespaces: one result for each of them. */
export const checks: readonly CheckDefinition[] = [
  { id: 'namespace.rqlite_up', rules: ['rqlite-down'], importance: 'high', subjects, needs: ['[].rqlite_up'] },
  { id: 'namespace.rqlite_ready', rules: ['rqlite-not-ready'], importance: 'high', subjects, needs: ['[].rqlite_ready'] },
  { id: 'namespace.olric_up', rules: ['olric-down'], importance: 'high', subjects, needs: ['[].olric_up'] },
  { id: 'namespace.gateway_up', rules: ['gateway-down'], importance: 'high', subjects, needs: ['[].gateway_up'] },
  { id: 'namespace.gateway_health', rules: ['gateway-unwell'], importance: 'high', subjects, needs: ['[].gateway_status'] },
  { id: 'namespace.quorum', rules: ['no-leader'], importance: 'critical', needs: ['[].rqlite_state'] },
  { id: 'namespace.single_leader', rules: ['split-brain'], importance: 'critical', needs: ['[].rqlite_state'] },
];
