import { awaitIpfsClusters } from '../../cluster/ipfs-cluster.ts';
import { awaitKubos, signalKubo } from '../../cluster/kubo.ts';
import type { Fault } from '../../faults.ts';
import { theLab } from '../../state.ts';

/** IPFS Cluster, which waits for its Kubo, answers nothing either. */
export const fault: Fault = {
  about: 'Kubo is stopped: it takes connections and never answers, and IPFS Cluster waits for it.',
  host: 'ns2',
  needs: 'all',
  joined: true,
  break: (host) => signalKubo(host, 'STOP'),
  async mend(host) {
    signalKubo(host, 'CONT');
    await awaitKubos(theLab().hosts);
    await awaitIpfsClusters(theLab().hosts);
  },
};
