import { awaitNamespaces } from '../../cluster/namespaces.ts';
import type { Fault } from '../../faults.ts';
import { unitStopped } from '../../unit-stopped.ts';

/** One of the programs of a namespace was stopped. */
export const fault: Fault = {
  about: 'The gateway of the namespace shop was stopped on one host.',
  host: 'ns3',
  needs: 'all',
  joined: true,
  ...unitStopped('orama-namespace-gateway@shop.service', (host) => awaitNamespaces([host])),
};
