import type { NodeSnapshot } from '../../core/snapshot.ts';

/** Where the report says that a unit is not installed, checks on it make no sense; on a node that is silent nobody knows. */
function mayHave(unit: 'coredns' | 'caddy') {
  return ({ report, role }: NodeSnapshot): boolean =>
    role.startsWith('nameserver') ||
    !(report?.unknown.some(({ path, kind }) => path === `dns.${unit}_active` && kind === 'absent') ?? false);
}

/** Whether a check on CoreDNS makes sense on the node. */
export const hasCoreDns = mayHave('coredns');
/** Whether one on Caddy does. */
export const hasCaddy = mayHave('caddy');

export const isOrama = ({ profile }: NodeSnapshot): boolean => profile === 'orama';
