import { wireguardKey } from '../keys.ts';
import type { LabHost } from '../state.ts';
import type { Put } from './put.ts';

/** The full mesh `wg0`, run by wireguard-go under the unit's usual name wg-quick@wg0. */
export function writeMesh(host: LabHost, hosts: readonly LabHost[], put: Put): void {
  put('/etc/wireguard/wg0.conf', meshConfig(host, hosts), 0o600);
  put('/etc/systemd/system/wg-quick@.service.d/lab.conf', UNIT);
  put('/usr/local/sbin/lab-wg-up', UP, 0o755);
}

function meshConfig(host: LabHost, hosts: readonly LabHost[]): string {
  const own = [
    '[Interface]',
    `Address = ${host.mesh_address}/24`,
    'MTU = 1420',
    `PrivateKey = ${wireguardKey(host.name).secret}`,
    'ListenPort = 51820',
  ];
  const peers = hosts
    .filter(({ name }) => name !== host.name)
    .flatMap(({ name, address, mesh_address }) => [
      ...['', '[Peer]', `PublicKey = ${wireguardKey(name).shown}`, `Endpoint = ${address}:51820`],
      ...[`AllowedIPs = ${mesh_address}/32`, 'PersistentKeepalive = 25'],
    ]);
  return [...own, ...peers, ''].join('\n');
}

/** In the foreground, for what wg-quick leaves in the background does not outlive the start of its unit. */
const UNIT = `[Unit]
After=systemd-networkd.service
[Service]
Type=simple
RemainAfterExit=no
Restart=always
RestartSec=1
ExecStart=
ExecStart=/usr/bin/wireguard-go -f %i
ExecStartPost=/usr/local/sbin/lab-wg-up %i
ExecStop=
ExecReload=
ExecReload=/usr/local/sbin/lab-wg-up %i
StandardOutput=null
StandardError=null
`;

const UP = `#!/bin/sh
# Configures the interface as wg-quick would, once wireguard-go has made it.
set -e
i=0; until [ -S /var/run/wireguard/$1.sock ]; do i=$((i+1)); [ $i -lt 200 ]; sleep 0.05; done
grep -vE '^(Address|MTU)' /etc/wireguard/$1.conf | wg syncconf $1 /dev/stdin
sed -n 's/^Address *= *//p' /etc/wireguard/$1.conf | while read -r address; do ip addr replace "$address" dev $1; done
ip link set mtu 1420 up dev $1
`;
