import { awaitRelay, RELAY_UNIT, removeRelay, writeRelay } from '../../cluster/relay.ts';
import type { Fault } from '../../faults.ts';
import { putUnder } from '../../host-files/put.ts';
import { rootOf } from '../../hosts.ts';
import { inside } from '../../inside.ts';

/** A relay runs that cannot join its network. */
export const fault: Fault = {
  about: 'A relay of Anyone runs that has not joined its network and listens for no other.',
  host: 'ns2',
  needs: 'all',
  joined: true,
  async break(host) {
    writeRelay(host, putUnder(rootOf(host)));
    inside(host, ['systemctl', 'daemon-reload']);
    inside(host, ['systemctl', 'start', RELAY_UNIT]);
    await awaitRelay(host);
  },
  mend: removeRelay,
};
