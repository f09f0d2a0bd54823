import type { NodeSection } from '../../../src/core/rule.ts';
import type { NodeSnapshot, Snapshot } from '../../../src/core/snapshot.ts';
import type { Peer, Wireguard } from '../../../src/subsystems/wireguard/section.ts';
import { node as answering, report, SILENT } from '../../cli/fleet.ts';

/** A key that names its node: 43 letters and the sign that closes a key. */
function keyOf(node: string): string {
  return `${node.padEnd(43, 'x')}=`;
}

/** A healthy peer with keepalive, with what differs. */
export function peer(node: string, differs: Partial<Peer> = {}): Peer {
  return {
    public_key: keyOf(node),
    endpoint: `${node}.example.net:51820`,
    allowed_ips: '(none)',
    latest_handshake: 1_795_348_760,
    handshake_age_sec: 40,
    never_shook_hands: false,
    transfer_rx_bytes: 1,
    transfer_tx_bytes: 1,
    keepalive: 25,
    ...differs,
  };
}

/** The section of a node that lists these peers. */
export function section(node: string, peers: readonly Peer[], differs: Partial<Wireguard> = {}): Wireguard {
  return {
    interface: 'wg0',
    interface_up: true,
    service_active: true,
    wg_ip: null,
    listen_port: 51_820,
    peer_count: peers.length,
    mtu: 1420,
    config_exists: true,
    config_perms: '600',
    public_key: keyOf(node),
    peers: [...peers],
    traffic: [],
    interfaces: [],
    ...differs,
  };
}

/** A node with this section; without one it did not answer. */
export function node(name: string, wireguard: Wireguard | null, differs: Partial<NodeSnapshot> & { uptime_s?: number } = {}): NodeSnapshot {
  const { uptime_s: uptime_seconds = 86_400, ...others } = differs;
  return answering(name, wireguard === null ? SILENT : report({ wireguard, system: { uptime_seconds } }), { role: 'node', ...others });
}

export function snapshotOf(...nodes: readonly NodeSnapshot[]): Snapshot {
  return { environment: null, taken_at_ms: 0, duration_ms: 0, nodes };
}

/** The fleet as fleet rules and tables take it. */
export function fleetOf(snapshot: Snapshot): NodeSection<Wireguard>[] {
  return snapshot.nodes.flatMap((each) =>
    each.report === null ? [] : [{ node: each, snapshot, section: each.report.wireguard as Wireguard }],
  );
}

/** A full mesh of these nodes, each with what differs. */
export function mesh(names: readonly string[], differs: (name: string) => Partial<Wireguard> = () => ({})): NodeSnapshot[] {
  return names.map((name) =>
    node(
      name,
      section(
        name,
        names.filter((other) => other !== name).map((other) => peer(other)),
        differs(name),
      ),
    ),
  );
}
