import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Put } from '../host-files/put.ts';
import { hasAll } from '../kind.ts';
import type { LabHost, LabState } from '../state.ts';
import { writeCache } from './cache.ts';
import { writeContainers } from './containers.ts';
import { writeDatabase } from './database.ts';
import { writeGateway } from './gateway-stand-in.ts';
import { writeIpfsCluster } from './ipfs-cluster.ts';
import { writeKubo } from './kubo.ts';
import { NAMESPACE_UNITS, writeNamespace } from './namespaces.ts';
import { OR_PORT, relayUnits, writeRelay } from './relay.ts';

/** Units that start with a host of such a lab, beside those of a plain one. */
export function clusterUnits(host: LabHost, { kind, hosts }: LabState): readonly string[] {
  if (!hasAll(kind, 'cluster')) return [];
  const cluster = ['orama-node', 'orama-olric', 'docker', 'shop-containers'];
  if (!hasAll(kind, 'all')) return cluster;
  return [...cluster, 'orama-ipfs', 'orama-ipfs-cluster', 'orama-gateway', ...NAMESPACE_UNITS, ...relayUnits(host, hosts)];
}

/** Writes what a host of a cluster has beyond a plain one: database, cache, containers, and a way through the firewall for the mesh. */
export function writeCluster(root: string, host: LabHost, lab: LabState, put: Put): void {
  writeDatabase(host, lab.hosts, put);
  writeCache(host, lab.hosts, put);
  writeContainers(host, put);
  if (hasAll(lab.kind, 'all')) writeRest(root, host, lab.hosts, put);
  const rules = '/etc/ufw/user.rules';
  const opened = [FROM_MESH, ...(hasAll(lab.kind, 'all') ? [TO_RELAY] : []), '### END RULES ###'].join('\n');
  put(rules, readFileSync(join(root, rules), 'utf8').replace('### END RULES ###', opened), 0o640);
}

function writeRest(root: string, host: LabHost, hosts: readonly LabHost[], put: Put): void {
  writeKubo(root, host, hosts, put);
  writeIpfsCluster(host, hosts, put);
  writeGateway(host, put);
  writeNamespace(host, hosts, put);
  writeRelay(root, host, hosts, put);
}

/** As `ufw allow from 10.0.0.0/24` writes it; ufw itself would also change the firewall of the machine that it runs on. */
const FROM_MESH = `### tuple ### allow any any 0.0.0.0/0 any 10.0.0.0/24 in
-A ufw-user-input -s 10.0.0.0/24 -j ACCEPT
`;

/** As `ufw allow 9001/tcp` writes it. */
const TO_RELAY = `### tuple ### allow tcp ${OR_PORT} 0.0.0.0/0 any 0.0.0.0/0 in
-A ufw-user-input -p tcp --dport ${OR_PORT} -j ACCEPT
`;
