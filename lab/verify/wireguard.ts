import { wireguardKey } from '../keys.ts';
import { hasAll, type LabKind } from '../kind.ts';
import type { LabHost } from '../state.ts';
import { type Figure, number, says, word } from './figure.ts';

/** The mesh and each peer of it, as wg and ip tell them. */
export function wireguardOf(host: LabHost, hosts: readonly LabHost[], kind: LabKind): Figure[] {
  // What a cluster says to itself goes through the mesh without a pause.
  const moves_bytes = hasAll(kind, 'cluster') ? 500_000 : 2048;
  return [...INTERFACE, ...hosts.filter(({ name }) => name !== host.name).flatMap((peer) => peerOf(peer, moves_bytes))];
}

const INTERFACE: readonly Figure[] = [
  { path: 'wireguard.interface_up', command: 'ip -o link show wg0', read: (output) => /[<,]UP[,>]/.test(output) },
  { path: 'wireguard.service_active', command: 'systemctl is-active wg-quick@wg0', read: says('active') },
  { path: 'wireguard.wg_ip', command: "ip -o -4 addr show wg0 | awk '{print $4}' | cut -d / -f 1", read: word },
  { path: 'wireguard.listen_port', command: 'wg show wg0 listen-port', read: number },
  { path: 'wireguard.public_key', command: 'wg show wg0 public-key', read: word },
  { path: 'wireguard.peer_count', command: 'wg show wg0 peers | wc -l', read: number },
  { path: 'wireguard.mtu', command: "ip -o link show wg0 | sed 's/.* mtu \\([0-9]*\\) .*/\\1/'", read: number },
  { path: 'wireguard.config_exists', command: 'test -e /etc/wireguard/wg0.conf && echo yes', read: says('yes') },
  { path: 'wireguard.config_perms', command: 'stat -c %a /etc/wireguard/wg0.conf', read: word },
];

/** Figures of one peer, each by its own list of wg. */
function peerOf({ name }: LabHost, moves_bytes: number): Figure[] {
  const key = wireguardKey(name).shown;
  const at = `wireguard.peers[public_key=${key}]`;
  const told = (list: string, column = 2) => `wg show wg0 ${list} | grep -F '${key}' | cut -f ${column}`;
  return [
    { path: `${at}.endpoint`, command: told('endpoints'), read: word },
    { path: `${at}.allowed_ips`, command: told('allowed-ips'), read: word },
    { path: `${at}.latest_handshake`, command: told('latest-handshakes'), read: number, within: 3 },
    { path: `${at}.handshake_age_sec`, command: `echo $(( $(date +%s) - $(${told('latest-handshakes')}) ))`, read: number, within: 8 },
    { path: `${at}.transfer_rx_bytes`, command: told('transfer', 2), read: number, within: moves_bytes },
    { path: `${at}.transfer_tx_bytes`, command: told('transfer', 3), read: number, within: moves_bytes },
    { path: `${at}.keepalive`, command: told('persistent-keepalive'), read: number },
  ];
}
