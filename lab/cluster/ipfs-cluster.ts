import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Put } from '../host-files/put.ts';
import { unitText } from '../host-files/unit-text.ts';
import { askedInside } from '../inside.ts';
import { stateFile } from '../places.ts';
import { built } from '../programs/built.ts';
import { IPFS_CLUSTER } from '../programs/cluster.ts';
import { run, until } from '../run.ts';
import type { LabHost } from '../state.ts';
import { sharedSecret } from './shared-secret.ts';

const FOLDER = '/opt/orama/.orama/data/ipfs-cluster';

const API = 9094;
const PORT = 9096;

/** Kubo's API on the same host, as libp2p writes addresses. */
const KUBO = '/ip4/127.0.0.1/tcp/4501';

/** IPFS Cluster over the hosts' Kubos. */
export function writeIpfsCluster(host: LabHost, hosts: readonly LabHost[], put: Put): void {
  const made = madeFor(host);
  const others = hosts.filter(({ name }) => name !== host.name);
  put(`${FOLDER}/identity.json`, readFileSync(join(made, 'identity.json'), 'utf8'), 0o600);
  put(`${FOLDER}/service.json`, JSON.stringify(config(made, host), null, 2), 0o600);
  put(`${FOLDER}/peerstore`, others.map((other) => `${addressOf(other)}/p2p/${identityOf(other)}\n`).join(''));
  const unit = unitText('IPFS Cluster', '/usr/local/bin/ipfs-cluster-service daemon', 'wg-quick@wg0.service orama-ipfs.service');
  put('/etc/systemd/system/orama-ipfs-cluster.service', unit.replace('[Service]', `[Service]\nEnvironment=IPFS_CLUSTER_PATH=${FOLDER}`));
}

function addressOf({ mesh_address }: LabHost): string {
  return `/ip4/${mesh_address}/tcp/${PORT}`;
}

/** A folder with identity and configuration, made once a lab. */
function madeFor({ name }: LabHost): string {
  const folder = stateFile(`ipfs-cluster-${name}`);
  const env = { IPFS_CLUSTER_PATH: folder, CLUSTER_SECRET: sharedSecret('ipfs-cluster') };
  if (!existsSync(folder)) run([built(IPFS_CLUSTER), 'init'], { env });
  return folder;
}

function identityOf(host: LabHost): string {
  return (JSON.parse(readFileSync(join(madeFor(host), 'identity.json'), 'utf8')) as { id: string }).id;
}

interface Config {
  cluster: object;
  consensus: { crdt: object };
  api: { ipfsproxy: object };
  ipfs_connector: { ipfshttp: object };
}

/** As the program makes it, but in the mesh, quick to notice, and without looking for others by multicast. */
function config(made: string, host: LabHost): Config {
  const usual = JSON.parse(readFileSync(join(made, 'service.json'), 'utf8')) as Config;
  const quick = { monitor_ping_interval: '2s', peer_watch_interval: '2s', mdns_interval: '0s' };
  return {
    ...usual,
    cluster: { ...usual.cluster, ...quick, peername: host.name, listen_multiaddress: [addressOf(host)] },
    api: { ...usual.api, ipfsproxy: { ...usual.api.ipfsproxy, node_multiaddress: KUBO } },
    ipfs_connector: { ipfshttp: { ...usual.ipfs_connector.ipfshttp, node_multiaddress: KUBO } },
  };
}

/** Waits until each of these hosts' Cluster knows all of them. */
export async function awaitIpfsClusters(hosts: readonly LabHost[]): Promise<void> {
  for (const host of hosts) {
    const look = `npm run lab -- ssh ${host.name} journalctl -n 30 -u orama-ipfs-cluster`;
    const whole = () => hosts.every(({ name }) => peersIn(host).includes(`"peername":"${name}"`));
    await until(`IPFS Cluster of ${host.name} knows ${hosts.length} peers`, 90, whole, look);
  }
}

function peersIn(host: LabHost): string {
  return askedInside(host, ['curl', '-sS', '-m', '3', `http://127.0.0.1:${API}/peers`]).stdout;
}
