import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Put } from '../host-files/put.ts';
import { hasAll, type LabKind } from '../kind.ts';
import type { LabHost, LabState } from '../state.ts';
import { writeCache } from './cache.ts';
import { writeContainers } from './containers.ts';
import { writeDatabase } from './database.ts';
import { writeGateway } from './gateway-stand-in.ts';
import { writeIpfsCluster } from './ipfs-cluster.ts';
import { writeKubo } from './kubo.ts';
import { NAMESPACE_UNITS, writeNamespace } from './namespaces.ts';
import { RELAY_HOST, RELAY_UNIT, writeRelay } from './relay.ts';

/** Units that start with a host of such a lab, beside those of a plain one. */
export function clusterUnits({ name }: LabHost, kind: LabKind): readonly string[] {
  if (!hasAll(kind, 'cluster')) return [];
  const cluster = ['orama-node', 'orama-olric', 'docker', 'shop-containers'];
  if (!hasAll(kind, 'all')) return cluster;
  const relay = name === RELAY_HOST ? [RELAY_UNIT.replace('.service', '')] : [];
  return [...cluster, 'orama-ipfs', 'orama-ipfs-cluster', 'orama-gateway', ...NAMESPACE_UNITS, ...relay];
}

/** Writes what a host of a cluster has beyond a plain one: database, cache, containers, and a way through the firewall for the mesh. */
export function writeCluster(root: string, host: LabHost, lab: LabState, put: Put): void {
  writeDatabase(host, lab.hosts, put);
  writeCache(host, lab.hosts, put);
  writeContainers(host, put);
  if (hasAll(lab.kind, 'all')) writeRest(root, host, lab.hosts, put);
  const rules = '/etc/ufw/user.rules';
  put(rules, readFileSync(join(root, rules), 'utf8').replace('### END RULES ###', `${FROM_MESH}\n### END RULES ###`), 0o640);
}

function writeRest(root: string, host: LabHost, hosts: readonly LabHost[], put: Put): void {
  writeKubo(root, host, hosts, put);
  writeIpfsCluster(host, hosts, put);
  writeGateway(host, put);
  writeNamespace(host, hosts, put);
  if (host.name === RELAY_HOST) writeRelay(host, put);
}

/** As `ufw allow from 10.0.0.0/24` writes it; ufw itself would also change the firewall of the machine that it runs on. */
const FROM_MESH = `### tuple ### allow any any 0.0.0.0/0 any 10.0.0.0/24 in
-A ufw-user-input -s 10.0.0.0/24 -j ACCEPT
`;
