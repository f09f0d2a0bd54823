import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Put } from '../host-files/put.ts';
import type { LabHost, LabState } from '../state.ts';
import { writeCache } from './cache.ts';
import { writeContainers } from './containers.ts';
import { writeDatabase } from './database.ts';

/** Units that start with a host of a cluster, beside those of every host. */
export const CLUSTER_UNITS = ['orama-node', 'orama-olric', 'docker', 'shop-containers'] as const;

/** Writes what a host of a cluster has beyond a plain one: database, cache, containers, and a way through the firewall for the mesh. */
export function writeCluster(root: string, host: LabHost, lab: LabState, put: Put): void {
  writeDatabase(host, lab.hosts, put);
  writeCache(host, lab.hosts, put);
  writeContainers(host, put);
  const rules = '/etc/ufw/user.rules';
  put(rules, readFileSync(join(root, rules), 'utf8').replace('### END RULES ###', `${FROM_MESH}\n### END RULES ###`), 0o640);
}

/** As `ufw allow from 10.0.0.0/24` writes it; ufw itself would also change the firewall of the machine that it runs on. */
const FROM_MESH = `### tuple ### allow any any 0.0.0.0/0 any 10.0.0.0/24 in
-A ufw-user-input -s 10.0.0.0/24 -j ACCEPT
`;
