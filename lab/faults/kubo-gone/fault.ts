import { awaitIpfsClusters } from '../../cluster/ipfs-cluster.ts';
import { awaitKubos } from '../../cluster/kubo.ts';
import type { Fault } from '../../faults.ts';
import { theLab } from '../../state.ts';
import { unitStopped } from '../../unit-stopped.ts';

/** IPFS Cluster goes on over a Kubo that is gone. */
export const fault: Fault = {
  about: 'Kubo was stopped under IPFS Cluster, which goes on.',
  host: 'ns2',
  needs: 'all',
  joined: true,
  ...unitStopped('orama-ipfs.service', async () => {
    await awaitKubos(theLab().hosts);
    await awaitIpfsClusters(theLab().hosts);
  }),
};
