import { awaitCaches } from '../../cluster/cache.ts';
import type { Fault } from '../../faults.ts';
import { theLab } from '../../state.ts';
import { unitStopped } from '../../unit-stopped.ts';

/** A member of the cache was stopped and has said goodbye, so that nobody suspects it for the next hour. */
export const fault: Fault = {
  about: 'Olric was stopped on one host, and has left its cluster.',
  host: 'ns2',
  needs: 'cluster',
  joined: true,
  ...unitStopped('orama-olric.service', () => awaitCaches(theLab().hosts)),
};
