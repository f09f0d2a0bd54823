import { type CheckDefinition, fieldRule, told } from '../../core/check-definition.ts';
import type { NodeSnapshot } from '../../core/snapshot.ts';
import type { Anyone } from './section.ts';

type Part = 'relay' | 'client';

/** Whether the relay or the client runs here; of a silent node nobody knows. */
function runs(part: Part) {
  return ({ report }: NodeSnapshot): boolean => {
    const section = (report?.['anyone'] ?? null) as Anyone | null;
    return report === null || section === null || section[`${part}_active`] !== false;
  };
}

/** Where a relay takes circuits, unless its own configuration says otherwise. */
const OR_PORT = 9001;

const isRelay = runs('relay');
const isClient = runs('client');

const control = fieldRule<Anyone>()({
  ...{ name: 'control-silent', severity: 'warning', field: 'control_listening', subject: 'control', asked: '/proc/net/tcp' },
  about: 'Nothing listens on the control port, so nobody can ask it how it is.',
  wrong: (listens) => !listens,
  message: () => 'Nothing listens on the control port of Anyone',
});

const as = (part: Part, definition: CheckDefinition): CheckDefinition => ({
  ...definition,
  concerns: part === 'relay' ? isRelay : isClient,
});

/** The checks of `ward inspect` on the Anyone network. */
export const checks: readonly CheckDefinition[] = [
  as('relay', { ...told<Anyone>()('anyone.relay_active', 'relay_active'), importance: 'high' }),
  as('client', { ...told<Anyone>()('anyone.client_active', 'client_active'), importance: 'high' }),
  as('client', {
    id: 'anyone.socks_listening',
    rules: ['port-silent'],
    subject: 'SOCKS',
    importance: 'high',
    needs: ['socks_listening'],
    fails: true,
  }),
  as('relay', {
    id: 'anyone.orport_listening',
    rules: ['port-silent'],
    subject: 'OR',
    importance: 'high',
    needs: ['orport_listening'],
    fails: true,
  }),
  { id: 'anyone.control_listening', rules: [control], importance: 'low' },
  { id: 'anyone.bootstrapped', rules: ['not-bootstrapped'], importance: 'high' },
  as('relay', { ...told<Anyone>()('anyone.fingerprint', 'fingerprint'), importance: 'medium' }),
  as('relay', told<Anyone>()('anyone.nickname', 'nickname')),
  as('relay', { id: 'anyone.fingerprint_uniqueness', rules: ['duplicate-fingerprint'], importance: 'critical', needs: ['fingerprint'] }),
  as('relay', {
    id: 'anyone.orport_reachable',
    rules: [],
    importance: 'high',
    each: 'node',
    probe: {
      ...{ by: 'others', most: Number.POSITIVE_INFINITY, enough: 'each', failed: 'does not take connections on its OR port' },
      trials: (_node, address) => [{ kind: 'tcp', target: `${address}:${OR_PORT}`, subject: `port ${OR_PORT}` }],
    },
  }),
];
