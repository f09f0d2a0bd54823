import type { Put } from '../host-files/put.ts';
import { unitText } from '../host-files/unit-text.ts';
import { askedInside } from '../inside.ts';
import { until } from '../run.ts';
import type { LabHost } from '../state.ts';

const CLIENT = 3320;
const GOSSIP = 3322;

/** Olric, one member a host. */
export function writeCache(host: LabHost, hosts: readonly LabHost[], put: Put): void {
  put('/etc/olric/olric.yaml', cacheConfig(host, hosts, { client: CLIENT, gossip: GOSSIP }));
  put('/etc/systemd/system/orama-olric.service', cacheUnit('Olric', '/etc/olric/olric.yaml'));
}

/** A unit that runs Olric by its configuration. */
function cacheUnit(title: string, config: string): string {
  return unitText(title, `/usr/local/bin/olric-server -c ${config}`, 'wg-quick@wg0.service');
}

/** Olric's configuration; a list of peers must not name the member itself. */
export function cacheConfig(host: LabHost, hosts: readonly LabHost[], { client, gossip }: { client: number; gossip: number }): string {
  const peers = hosts.filter(({ name }) => name !== host.name).map(({ mesh_address }) => `    - "${mesh_address}:${gossip}"`);
  return [
    ...['server:', `  bindAddr: ${host.mesh_address}`, `  bindPort: ${client}`, '  keepAlivePeriod: 300s', '  bootstrapTimeout: 5s'],
    ...['  partitionCount: 271', '  replicaCount: 1', '  writeQuorum: 1', '  readQuorum: 1', '  memberCountQuorum: 1'],
    ...['client:', '  dialTimeout: 5s', '  readTimeout: 3s', '  writeTimeout: 3s'],
    ...['logging:', '  verbosity: 3', '  level: WARN', '  output: stderr'],
    ...['memberlist:', '  environment: lan', `  bindAddr: ${host.mesh_address}`, `  bindPort: ${gossip}`, '  enableCompression: false'],
    ...['  joinRetryInterval: 1s', '  maxJoinAttempts: 30', ...(peers.length === 0 ? [] : ['  peers:', ...peers])],
    '',
  ].join('\n');
}

/** How many members the host's Olric knows, by its own word; null while it does not answer. */
function membersOf(host: LabHost, port = CLIENT): number | null {
  const { stdout } = askedInside(host, ['timeout', '2', 'bash', '-c', ASK, host.mesh_address, String(port)]);
  const count = /^\*(\d+)/.exec(stdout)?.[1];
  return count === undefined ? null : Number(count);
}

/** Its protocol is Redis's: the first line of the answer is the count. */
const ASK = 'exec 3<>/dev/tcp/$0/$1; printf "CLUSTER.MEMBERS\\r\\n" >&3; head -n 1 <&3';

/** Waits until each of these hosts' Olric knows all of them. */
export async function awaitCaches(hosts: readonly LabHost[]): Promise<void> {
  for (const host of hosts) {
    const look = `npm run lab -- ssh ${host.name} journalctl -n 30 -u orama-olric`;
    await until(`Olric of ${host.name} knows ${hosts.length} members`, 60, () => membersOf(host) === hosts.length, look);
  }
}
