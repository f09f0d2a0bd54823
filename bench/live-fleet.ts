import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One of so many nodes is in trouble. */
const TROUBLED = 20;
/** So many nodes make one mesh, in which each lists all others. */
const MESH = 50;
/** In each mesh this one shook hands with nobody lately. */
const SILENT = 7;

interface Report extends Record<string, unknown> {
  wireguard: { peers: Peer[] } & Record<string, unknown>;
}

interface Peer extends Record<string, unknown> {
  handshake_age_sec: number;
}

/** Writes reports of so many nodes: the demo's machines for applications with their units and containers, each one of its own, in full meshes. */
export function meshedFleet(folder: string, size: number): string {
  mkdirSync(folder, { recursive: true });
  const [fine, troubled] = ['vm5', 'vm4'].map((name) => JSON.parse(readFileSync(join(lastRound(), `${name}.json`), 'utf8')) as Report);
  for (let at = 0; at < size; at += 1) {
    const machine = at % TROUBLED === 0 ? troubled : fine;
    if (machine !== undefined) writeFileSync(join(folder, `vm${at}.json`), JSON.stringify(oneOf(machine, at, size)));
  }
  return folder;
}

function lastRound(): string {
  const rounds = readdirSync('demo/fleet').filter((name) => /^\d+$/.test(name));
  return join('demo/fleet', rounds.sort().at(-1) ?? '');
}

function oneOf(machine: Report, at: number, size: number): Report {
  const first = at - (at % MESH);
  const others = Array.from({ length: Math.min(MESH, size - first) }, (_, nth) => first + nth).filter((other) => other !== at);
  const [like] = machine.wireguard.peers;
  const peers = others.map((other) => ({ ...like, ...asPeer(other), ...(at % MESH === SILENT ? { handshake_age_sec: 600 } : {}) }) as Peer);
  return {
    ...machine,
    profile: 'default',
    hostname: `vm${at}`,
    machine_id: at.toString(16).padStart(32, '0'),
    public_ip: `203.0.${at >> 8}.${at & 255}`,
    wireguard_ip: meshAddress(at),
    wireguard: { ...machine.wireguard, wg_ip: meshAddress(at), public_key: keyOf(at), peer_count: peers.length, peers },
  };
}

function asPeer(at: number): Partial<Peer> {
  return { public_key: keyOf(at), endpoint: `203.0.${at >> 8}.${at & 255}:51820`, allowed_ips: `${meshAddress(at)}/32` };
}

function meshAddress(at: number): string {
  return `10.0.${at >> 8}.${at & 255}`;
}

function keyOf(at: number): string {
  return Buffer.from(String(at).padStart(32, '.')).toString('base64');
}
