/** Which units, ports and paths belong to which subsystem on this machine, and what its owner expects of it. */
export interface Profile {
  name: ProfileName;
  /** Subsystems whose absence is a finding. */
  expect: readonly string[];
  services: {
    /** Units that are always reported, also when they are not loaded. */
    units: readonly string[];
    /** Whether an absent unit among them is a finding. */
    required: boolean;
  };
  processes: {
    /** Units in whose logs panics are counted. */
    log_units: readonly string[];
    /** A process whose name contains one of these and that no unit owns is an orphan. */
    orphan_names: readonly string[];
  };
  network: {
    /** `HOST:PORT` that a healthy machine can connect to; null asks nobody. */
    reach: string | null;
    /** Ports on which something must listen. */
    ports: readonly ExpectedPort[];
    /** Whether UFW must be active. */
    ufw: boolean;
    /** Ports that nobody but the mesh may reach. */
    internal_ports: readonly number[];
    /** The mesh's own network, such as `10.0.0.0/24`; null where there is none. */
    mesh: string | null;
  };
  wireguard: {
    /** The first is the mesh that the report's own fields speak of. */
    interfaces: readonly string[];
  };
  dns: {
    coredns_unit: string;
    caddy_unit: string;
    corefile: string;
    /** `HOST:PORT` of the name server that is asked. */
    server: string;
    /** `HOST:PORT` where certificates are looked at. */
    https: string;
    /** Domains to ask for; empty takes those of the Corefile. */
    domains: readonly string[];
  };
}

export interface ExpectedPort {
  port: number;
  proto: 'tcp' | 'udp';
}

export type ProfileName = 'default' | 'orama';

const DEFAULT: Profile = {
  name: 'default',
  expect: [],
  services: { units: [], required: true },
  processes: { log_units: [], orphan_names: [] },
  network: { reach: null, ports: [], ufw: false, internal_ports: [], mesh: null },
  wireguard: { interfaces: ['wg0'] },
  dns: {
    coredns_unit: 'coredns.service',
    caddy_unit: 'caddy.service',
    corefile: '/etc/coredns/Corefile',
    server: '127.0.0.1:53',
    https: '127.0.0.1:443',
    domains: [],
  },
};

const ORAMA: Profile = {
  ...DEFAULT,
  name: 'orama',
  expect: ['wireguard'],
  services: {
    // Not every node runs each of them (name servers, relays), so absence alone says nothing.
    required: false,
    units: [
      'orama-node.service',
      'orama-gateway.service',
      'orama-olric.service',
      'orama-ipfs.service',
      'orama-ipfs-cluster.service',
      'orama-anyone-relay.service',
      'orama-anyone-client.service',
      'coredns.service',
      'caddy.service',
      'wg-quick@wg0.service',
    ],
  },
  network: {
    reach: '8.8.8.8:53',
    ports: [],
    ufw: true,
    // rqlite, its Raft, Olric and its members, the gateway, IPFS, IPFS Cluster.
    internal_ports: [5001, 7001, 3320, 3322, 6001, 4501, 9094],
    mesh: '10.0.0.0/24',
  },
  processes: {
    log_units: ['orama-node.service'],
    orphan_names: ['orama', 'rqlite', 'olric', 'ipfs', 'caddy', 'coredns'],
  },
};

/** The profiles by name; `/etc/wardround/node.yaml` names one and changes what differs. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = { default: DEFAULT, orama: ORAMA };
