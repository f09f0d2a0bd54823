import { awaitContainers, signalEngine } from '../../cluster/containers.ts';
import type { Fault } from '../../faults.ts';

/** Containers go on, and nobody can ask about them. */
export const fault: Fault = {
  about: 'dockerd is stopped: its socket takes connections and never answers, while its containers go on.',
  host: 'ns1',
  needs: 'cluster',
  break: (host) => signalEngine(host, 'STOP'),
  async mend(host) {
    signalEngine(host, 'CONT');
    await awaitContainers(host);
  },
};
