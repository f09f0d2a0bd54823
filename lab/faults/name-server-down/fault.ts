import type { Fault } from '../../faults.ts';
import { awaitNames } from '../../ready.ts';
import { unitStopped } from '../../unit-stopped.ts';

/** The name server was stopped. */
export const fault: Fault = {
  about: 'CoreDNS was stopped on one of the name servers.',
  host: 'ns1',
  ...unitStopped('coredns.service', awaitNames),
};
