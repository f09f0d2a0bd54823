import type { Fault } from '../../faults.ts';
import { bootHost, cutHost, isPrepared } from '../../hosts.ts';
import { isRunning } from '../../inside.ts';
import { awaitMesh, awaitReady } from '../../ready.ts';
import { LabError } from '../../run.ts';
import { theLab } from '../../state.ts';

/** The host's power is cut: nothing answers at its address. */
export const fault: Fault = {
  about: 'The host is off, as if its power was cut: nothing answers at its address.',
  host: 'ns3',
  break: cutHost,
  async mend(host) {
    if (!isPrepared(host)) throw new LabError(`the files of ${host.name} are gone; make it anew with: npm run lab -- up`);
    const lab = theLab();
    if (!isRunning(host)) await bootHost(host, lab);
    await awaitReady(host);
    await awaitMesh(lab.hosts.filter(isRunning));
  },
};
