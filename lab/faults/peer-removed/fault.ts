import type { Fault } from '../../faults.ts';
import { inside } from '../../inside.ts';
import { wireguardKey } from '../../keys.ts';
import { handshakes } from '../../mesh.ts';
import { awaitMesh } from '../../ready.ts';
import { until } from '../../run.ts';
import { hostNamed, theLab } from '../../state.ts';

/** The host that ns1 forgets. */
const OTHER = 'ns2';

/** One side of a pair does not list the other any more, and the other began anew since, so that it waits for an answer that never comes. */
export const fault: Fault = {
  about: `The host does not list ${OTHER} as a peer any more, while ${OTHER} still lists it.`,
  host: 'ns1',
  // A younger node counts as joining, and what its links lack is told mildly.
  machine_up_s: 300,
  async break(host) {
    const other = hostNamed(OTHER);
    inside(host, ['wg', 'set', 'wg0', 'peer', wireguardKey(OTHER).shown, 'remove']);
    inside(other, ['wg', 'set', 'wg0', 'peer', wireguardKey(host.name).shown, 'remove']);
    inside(other, ['systemctl', 'reload', 'wg-quick@wg0']);
    const waits = () => handshakes(other).some(({ public_key, age_s }) => public_key === wireguardKey(host.name).shown && age_s === null);
    await until(`${OTHER} waits for a handshake with ${host.name}`, 10, waits);
  },
  async mend(host) {
    inside(host, ['systemctl', 'reload', 'wg-quick@wg0']);
    await awaitMesh(theLab().hosts);
  },
};
