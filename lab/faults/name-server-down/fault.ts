import type { Fault } from '../../faults.ts';
import { inside } from '../../inside.ts';
import { awaitNames } from '../../ready.ts';

const UNIT = 'coredns.service';

/** The name server was stopped. */
export const fault: Fault = {
  about: 'CoreDNS was stopped on one of the name servers.',
  host: 'ns1',
  break(host) {
    inside(host, ['systemctl', 'stop', UNIT]);
  },
  async mend(host) {
    inside(host, ['systemctl', 'start', UNIT]);
    await awaitNames(host);
  },
};
