import { hasAll } from '../kind.ts';
import type { LabState } from '../state.ts';
import { awaitCaches } from './cache.ts';
import { awaitContainers } from './containers.ts';
import { awaitDatabases } from './database.ts';
import { awaitGateways } from './gateway-stand-in.ts';
import { awaitIpfsClusters } from './ipfs-cluster.ts';
import { awaitKubos } from './kubo.ts';
import { awaitNamespaces } from './namespaces.ts';
import { awaitRelays } from './relay.ts';

/** Waits until all of a cluster is there: one leader, every member known, every container well; and all the rest where the lab has it. */
export async function awaitCluster({ hosts, kind }: LabState): Promise<void> {
  await awaitDatabases(hosts);
  await awaitCaches(hosts);
  for (const host of hosts) await awaitContainers(host);
  if (!hasAll(kind, 'all')) return;
  await awaitKubos(hosts);
  await awaitIpfsClusters(hosts);
  await awaitGateways(hosts);
  await awaitNamespaces(hosts);
  await awaitRelays(hosts);
}
