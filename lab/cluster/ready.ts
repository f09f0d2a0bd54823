import type { LabState } from '../state.ts';
import { awaitCaches } from './cache.ts';
import { awaitContainers } from './containers.ts';
import { awaitDatabases } from './database.ts';

/** Waits until all of a cluster is there: one leader, every member known, every container well. */
export async function awaitCluster({ hosts }: LabState): Promise<void> {
  await awaitDatabases(hosts);
  await awaitCaches(hosts);
  for (const host of hosts) await awaitContainers(host);
}
