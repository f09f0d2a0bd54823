import type { Put } from '../host-files/put.ts';
import { unitText } from '../host-files/unit-text.ts';
import { askedInside } from '../inside.ts';
import { until } from '../run.ts';
import type { LabHost } from '../state.ts';
import { cacheConfig } from './cache.ts';
import { gatewayWords } from './gateway-stand-in.ts';

/** The one namespace of the lab, and the first port of its block. */
const NAME = 'shop';
const BASE = 10_000;

const FOLDER = `/opt/orama/.orama/data/namespaces/${NAME}`;

/** The units of the namespace. */
export const NAMESPACE_UNITS = ['rqlite', 'olric', 'gateway'].map((program) => `orama-namespace-${program}@${NAME}`);

/** A namespace on every host: its own database, cache and gateway, each a port of the block further on. */
export function writeNamespace(host: LabHost, hosts: readonly LabHost[], put: Put): void {
  put(`${FOLDER}/rqlite.env`, `HTTP_ADDR=0.0.0.0:${BASE}\nRAFT_ADDR=${host.mesh_address}:${BASE + 1}\n`);
  put(`${FOLDER}/olric.yaml`, cacheConfig(host, hosts, { client: BASE + 2, gossip: BASE + 3 }));
  const rqlite = rqliteWords(host, hosts).join(' ');
  const units = {
    rqlite: rqlite,
    olric: `/usr/local/bin/olric-server -c ${FOLDER}/olric.yaml`,
    gateway: gatewayWords({ port: BASE + 4, database: BASE, cache: `${host.mesh_address}:${BASE + 2}` }),
  };
  for (const [program, words] of Object.entries(units))
    put(`/etc/systemd/system/orama-namespace-${program}@.service`, unitText(`${program} of namespace %i`, words, 'wg-quick@wg0.service'));
}

function rqliteWords({ name, mesh_address: own }: LabHost, hosts: readonly LabHost[]): string[] {
  return [
    ...['/usr/local/bin/rqlited', '-node-id', name, '-http-addr', `0.0.0.0:${BASE}`, '-http-adv-addr', `${own}:${BASE}`],
    ...['-raft-addr', `${own}:${BASE + 1}`, '-bootstrap-expect', String(hosts.length)],
    ...['-join', hosts.map(({ mesh_address }) => `${mesh_address}:${BASE + 1}`).join(','), `${FOLDER}/rqlite`],
  ];
}

/** Waits until database and gateway of the namespace answer on each of these hosts. */
export async function awaitNamespaces(hosts: readonly LabHost[]): Promise<void> {
  for (const host of hosts) {
    const look = `npm run lab -- ssh ${host.name} journalctl -n 30 -u orama-namespace-*`;
    for (const path of [`${BASE}/readyz`, `${BASE + 4}/v1/health`])
      await until(`port ${path} of ${host.name} says that all is well`, 60, () => isWell(host, path), look);
  }
}

function isWell(host: LabHost, path: string): boolean {
  const words = ['curl', '-sS', '-m', '3', '-o', '/dev/null', '-w', '%{http_code}', `http://127.0.0.1:${path}`];
  return askedInside(host, words).stdout === '200';
}
