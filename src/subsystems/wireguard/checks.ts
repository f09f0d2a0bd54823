import { type CheckDefinition, fieldRule } from '../../core/check-definition.ts';
import { onNode } from '../../core/command.ts';
import { PROFILES } from '../../core/profile.ts';
import { rule } from '../../core/rule.ts';
import type { NodeSnapshot } from '../../core/snapshot.ts';
import { listed } from '../../core/units.ts';
import { peerName } from './names.ts';
import type { Peer, Wireguard } from './section.ts';

/** The port and packet size that all nodes of profile orama share. */
const LISTEN_PORT = 51_820;
const MTU = 1420;

const isOrama = ({ profile }: NodeSnapshot) => profile === 'orama';

const service = fieldRule<Wireguard>()({
  ...{ name: 'service-inactive', severity: 'warning', field: 'service_active', subject: 'service', asked: 'systemd' },
  about: 'The unit that brings the interface up is not active, so it will not come back after a boot.',
  wrong: (active) => !active,
  message: (_active, { interface: name }) => `The unit of ${name ?? 'the mesh'} is not active`,
});

const address = fieldRule<Wireguard>()({
  ...{ name: 'strange-address', severity: 'warning', field: 'wg_ip', subject: 'address', asked: 'the addresses of the interface' },
  about: 'The address is not one of the mesh. In profile orama only.',
  wrong: (ip) => !ip.startsWith(`${meshPrefix()}.`),
  message: (ip) => `The mesh address is ${ip}, not one of ${PROFILES.orama.network.mesh ?? ''}`,
});

function meshPrefix(): string {
  return (PROFILES.orama.network.mesh ?? '').split('.').slice(0, 3).join('.');
}

const port = fieldRule<Wireguard>()({
  ...{ name: 'strange-port', severity: 'warning', field: 'listen_port', subject: 'port', asked: 'wg show all' },
  about: 'WireGuard listens on another port than the other nodes expect. In profile orama only.',
  wrong: (listens) => listens !== LISTEN_PORT,
  message: (listens) => `WireGuard listens on port ${listens}, not on ${LISTEN_PORT}`,
});

const mtu = fieldRule<Wireguard>()({
  ...{ name: 'strange-mtu', severity: 'warning', field: 'mtu', subject: 'mtu', asked: '/sys/class/net' },
  about: 'The packets of the mesh have another size than elsewhere. In profile orama only.',
  wrong: (bytes) => bytes !== MTU,
  message: (bytes) => `The MTU of the mesh is ${bytes}, not ${MTU}`,
});

const config = fieldRule<Wireguard>()({
  ...{ name: 'no-config', severity: 'warning', field: 'config_exists', subject: 'config', asked: '/etc/wireguard' },
  about: 'The interface has no configuration file, so it will not come back after a boot.',
  wrong: (exists) => !exists,
  message: (_exists, { interface: name }) => `${name ?? 'The mesh'} has no file in /etc/wireguard`,
});

/** A rule on each peer by itself, for the inspector only. */
function peerRule(name: string, severity: 'critical' | 'warning', about: string, [isWrong, says]: [(peer: Peer) => boolean, string]) {
  return rule<Wireguard>()({
    ...{ name, severity, about, source: "Orama's inspector", levels: {}, needs: ['peers'] },
    find: ({ peers, interface: at }, _levels, { snapshot }) =>
      peers.filter(isWrong).map((peer) => {
        const who = peerName(peer.public_key, snapshot);
        return {
          subject: who,
          message: `Peer ${who} ${says}`,
          evidence: {
            asked: 'wg show all',
            answered: `${peer.allowed_ips}; ${peer.transfer_rx_bytes ?? '?'} bytes received, ${peer.transfer_tx_bytes ?? '?'} sent`,
            limit: '',
          },
          next: onNode`wg show ${at ?? 'all'}`,
        };
      }),
  });
}

const nets = ({ allowed_ips }: Peer) => allowed_ips.split(',').map((net) => net.trim());
const isCatchAll = (peer: Peer) => nets(peer).some((net) => net === '0.0.0.0/0' || net === '::/0');
const noHost = peerRule('peer-no-host', 'warning', 'A peer has no address of one machine among those it may use. In profile orama only.', [
  (peer) => !nets(peer).some((net) => net.endsWith('/32') || net.endsWith('/128')),
  'has no single address that it may use',
]);
const catchAll = peerRule('peer-catch-all', 'critical', 'A peer takes all traffic of the machine. In profile orama only.', [
  isCatchAll,
  `takes all traffic: it may use ${listed(['0.0.0.0/0', '::/0']).replace(' and ', ' or ')}`,
]);
const noTraffic = peerRule('peer-no-traffic', 'warning', 'Nothing ever went to a peer or came from it. In profile orama only.', [
  ({ transfer_rx_bytes: rx, transfer_tx_bytes: tx }) => rx === 0 && tx === 0,
  'has never sent or received a byte',
]);

/** The checks of `ward inspect` on the mesh. */
export const checks: readonly CheckDefinition[] = [
  { id: 'wg.interface_up', rules: ['interface-down'], importance: 'critical', needs: ['interface_up'] },
  { id: 'wg.service_active', rules: [service], importance: 'high' },
  { id: 'wg.correct_ip', rules: [address], importance: 'high', concerns: isOrama },
  { id: 'wg.listen_port', rules: [port], importance: 'high', concerns: isOrama },
  { id: 'wg.peer_count', rules: ['no-peers'], importance: 'high', needs: ['peers'] },
  { id: 'wg.mtu', rules: [mtu], importance: 'high', concerns: isOrama },
  { id: 'wg.config_exists', rules: [config], importance: 'high' },
  { id: 'wg.config_perms', rules: ['config-perms'], importance: 'critical', needs: ['config_perms'] },
  { id: 'wg.peer_allowed_ip', rules: [noHost], importance: 'high', concerns: isOrama, needs: ['peers'] },
  { id: 'wg.peer_catch_all', rules: [catchAll], importance: 'critical', concerns: isOrama, needs: ['peers'] },
  { id: 'wg.handshake_all', rules: ['never-shook-hands'], importance: 'critical', needs: ['peers'] },
  { id: 'wg.handshake_fresh', rules: ['handshake-stale'], importance: 'high', needs: ['peers', 'peers[].handshake_age_sec'] },
  { id: 'wg.peer_traffic', rules: [noTraffic], importance: 'high', concerns: isOrama, needs: ['peers', 'peers[].transfer_rx_bytes'] },
  { id: 'wg.peer_count_consistent', rules: ['asymmetry'], importance: 'high', needs: ['peers', 'public_key'] },
  { id: 'wg.mtu_consistent', rules: ['mtu-differs'], importance: 'high', needs: ['mtu'] },
  { id: 'wg.key_uniqueness', rules: ['duplicate-key'], importance: 'critical', needs: ['public_key'] },
  { id: 'wg.address_uniqueness', rules: ['address-clash'], importance: 'critical', needs: ['wg_ip'] },
];
