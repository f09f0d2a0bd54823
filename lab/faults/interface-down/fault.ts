import type { Fault } from '../../faults.ts';
import { inside } from '../../inside.ts';
import { awaitMesh } from '../../ready.ts';
import { theLab } from '../../state.ts';

/** The mesh interface is there, and down. */
export const fault: Fault = {
  about: 'The mesh interface wg0 is down, though its service runs.',
  host: 'ns3',
  tried: ['network.wg_mesh_ping ns1 ns3', 'network.wg_mesh_ping ns2 ns3', 'network.wg_mesh_ping ns3 ns1', 'network.wg_mesh_ping ns3 ns2'],
  break(host) {
    inside(host, ['ip', 'link', 'set', 'wg0', 'down']);
  },
  async mend(host) {
    inside(host, ['systemctl', 'reload', 'wg-quick@wg0']);
    await awaitMesh(theLab().hosts);
  },
};
