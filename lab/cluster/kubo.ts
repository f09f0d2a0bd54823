import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Put } from '../host-files/put.ts';
import { unitText } from '../host-files/unit-text.ts';
import { askedInside } from '../inside.ts';
import { stateFile } from '../places.ts';
import { built } from '../programs/built.ts';
import { KUBO } from '../programs/cluster.ts';
import { run, until } from '../run.ts';
import type { LabHost } from '../state.ts';
import { sharedSecret } from './shared-secret.ts';

/** Where profile orama looks for the repository. */
export const REPO = '/opt/orama/.orama/data/ipfs/repo';

const API = 4501;
const SWARM = 4101;

/** Kubo in a swarm of the lab's own hosts: a private key, no bootstrap peers, and nobody else ever asked. */
export function writeKubo(root: string, host: LabHost, hosts: readonly LabHost[], put: Put): void {
  cpSync(repoOf(host), join(root, REPO), { recursive: true });
  put(`${REPO}/config`, JSON.stringify(config(host, hosts), null, 2), 0o600);
  put(`${REPO}/swarm.key`, `/key/swarm/psk/1.0.0/\n/base16/\n${sharedSecret('swarm')}\n`, 0o600);
  const environment = [`IPFS_PATH=${REPO}`, 'LIBP2P_FORCE_PNET=1', 'IPFS_TELEMETRY=off'];
  const unit = unitText('Kubo', '/usr/local/bin/ipfs daemon', 'wg-quick@wg0.service');
  put('/etc/systemd/system/orama-ipfs.service', unit.replace('[Service]', `[Service]\nEnvironment=${environment.join(' ')}`));
}

/** An empty repository with an identity of its own, made once a lab. */
function repoOf({ name }: LabHost): string {
  const repo = stateFile(`kubo-${name}`);
  if (!existsSync(repo)) run([built(KUBO), 'init', '--empty-repo'], { env: { IPFS_PATH: repo, IPFS_TELEMETRY: 'off' } });
  return repo;
}

interface Config extends Record<string, object> {
  Identity: { PeerID: string; PrivKey: string };
}

function madeConfig(host: LabHost): Config {
  return JSON.parse(readFileSync(join(repoOf(host), 'config'), 'utf8')) as Config;
}

function config(host: LabHost, hosts: readonly LabHost[]): object {
  const swarm = ({ mesh_address }: LabHost) => `/ip4/${mesh_address}/tcp/${SWARM}`;
  const others = hosts.filter(({ name }) => name !== host.name);
  const off = { Enabled: false };
  const only_tcp = { QUIC: false, Relay: false, WebTransport: false, WebRTCDirect: false, Websocket: false };
  return {
    ...madeConfig(host),
    Addresses: { Swarm: [swarm(host)], Announce: [], NoAnnounce: [], API: `/ip4/127.0.0.1/tcp/${API}`, Gateway: [] },
    Bootstrap: [],
    AutoConf: off,
    AutoTLS: off,
    AutoNAT: { ServiceMode: 'disabled' },
    Discovery: { MDNS: off },
    Routing: { Type: 'dhtserver' },
    DNS: { Resolvers: {} },
    Ipns: {},
    Swarm: { DisableNatPortMap: true, RelayClient: off, RelayService: off, Transports: { Network: only_tcp } },
    Peering: { Peers: others.map((each) => ({ ID: madeConfig(each).Identity.PeerID, Addrs: [swarm(each)] })) },
    Version: { SwarmCheckEnabled: false },
    Plugins: { Plugins: { telemetry: { Config: { Mode: 'off' } } } },
  };
}

/** How many others of the swarm the host's Kubo is connected to, by its own word; null while it does not answer. */
function peersOf(host: LabHost): number | null {
  const { exit, stdout } = askedInside(host, ['curl', '-sS', '-m', '3', '-X', 'POST', `http://127.0.0.1:${API}/api/v0/swarm/peers`]);
  return exit === 0 ? (stdout.match(/"Peer":/g) ?? []).length : null;
}

/** Waits until each of these hosts' Kubo is connected to all others of them. */
export async function awaitKubos(hosts: readonly LabHost[]): Promise<void> {
  for (const host of hosts) {
    const look = `npm run lab -- ssh ${host.name} journalctl -n 30 -u orama-ipfs`;
    await until(
      `Kubo of ${host.name} is connected to ${hosts.length - 1} others`,
      90,
      () => (peersOf(host) ?? 0) >= hosts.length - 1,
      look,
    );
  }
}

/** Sends a signal to the host's Kubo. */
export function signalKubo(host: LabHost, signal: 'STOP' | 'CONT'): void {
  askedInside(host, ['pkill', `-${signal}`, '-x', 'ipfs']);
}
