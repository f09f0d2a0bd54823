import { awaitCaches } from '../../cluster/cache.ts';
import type { Fault } from '../../faults.ts';
import { inside } from '../../inside.ts';
import { theLab } from '../../state.ts';

const UNIT = 'orama-olric.service';

/** A member of the cache was stopped and has said goodbye, so that nobody suspects it for the next hour. */
export const fault: Fault = {
  about: 'Olric was stopped on one host, and has left its cluster.',
  host: 'ns2',
  needs: 'cluster',
  joined: true,
  async break(host) {
    inside(host, ['systemctl', 'stop', UNIT]);
    await awaitCaches(theLab().hosts.filter(({ name }) => name !== host.name));
  },
  async mend(host) {
    inside(host, ['systemctl', 'start', UNIT]);
    await awaitCaches(theLab().hosts);
  },
};
