/** Which units, ports and paths belong to which subsystem on this machine, and what its owner expects of it. */
export interface Profile {
  name: ProfileName;
  /** Subsystems whose absence is a finding. */
  expect: readonly string[];
  services: {
    /** Units that are always reported, also when they are not loaded. */
    units: readonly string[];
    /** Names of services, `*` standing for any text: every one that has a unit file here should run. */
    patterns: readonly string[];
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
  containers: {
    /** Unix sockets of the engines that may be here. */
    sockets: readonly string[];
  };
  checks: {
    endpoints: readonly Endpoint[];
  };
  /** Each a `HOST:PORT` that may be tried from this machine, beside all that is named elsewhere. */
  probe: readonly string[];
  ollama: {
    units: readonly string[];
    /** `HOST:PORT` of its API; asked only if something listens there. */
    http: string;
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
  rqlite: {
    /** Units of which one runs it. */
    units: readonly string[];
    /** `HOST:PORT` of its HTTP API; asked only if something listens there. */
    http: string;
  };
  olric: {
    units: readonly string[];
    /** `HOST:PORT` where it speaks the Redis protocol. */
    client: string;
    /** `HOST:PORT` at which its members find each other. */
    memberlist: string;
  };
  ipfs: {
    units: readonly string[];
    cluster_units: readonly string[];
    /** `HOST:PORT` of Kubo's API. */
    api: string;
    /** `HOST:PORT` of IPFS Cluster's API. */
    cluster_api: string;
    /** Folder of Kubo's repository. */
    repo: string;
  };
  gateway: {
    units: readonly string[];
    /** `HOST:PORT` of its HTTP API. */
    http: string;
    /** Paths at which it may tell its health, the better one first. */
    paths: readonly string[];
  };
  anyone: {
    relay_units: readonly string[];
    client_units: readonly string[];
    orport: string;
    socks: string;
    control: string;
    log: string;
    /** Folder with its fingerprint and the cookie of its control port. */
    data: string;
    config: string;
  };
  namespaces: {
    /** Folder with one folder a namespace; null where there are no namespaces. */
    folder: string | null;
  };
}

/** Something to ask from this machine, and what should come back. */
export interface Endpoint {
  name: string;
  kind: 'http' | 'tcp' | 'dns' | 'tls' | 'health';
  /** A URL, `HOST:PORT` or a domain. */
  target: string;
  /** Of http; null takes 200 to 399. */
  status: number | null;
  /** Text in the body, or a record among those of a domain; empty takes any. */
  contains: string;
  slow_ms: number;
  /** `HOST:PORT` of the name server that is asked. */
  server: string;
  type: 'A' | 'AAAA' | 'NS' | 'SOA';
  /** A certificate with fewer days left is to be renewed. */
  least_days: number;
}

export interface ExpectedPort {
  port: number;
  proto: 'tcp' | 'udp';
}

export type ProfileName = 'default' | 'orama';

const DEFAULT: Profile = {
  name: 'default',
  expect: [],
  services: { units: [], patterns: [], required: true },
  processes: { log_units: [], orphan_names: [] },
  network: { reach: null, ports: [], ufw: false, internal_ports: [], mesh: null },
  containers: { sockets: ['/var/run/docker.sock', '/run/podman/podman.sock'] },
  checks: { endpoints: [] },
  probe: [],
  ollama: { units: ['ollama.service'], http: '127.0.0.1:11434' },
  wireguard: { interfaces: ['wg0'] },
  dns: {
    coredns_unit: 'coredns.service',
    caddy_unit: 'caddy.service',
    corefile: '/etc/coredns/Corefile',
    server: '127.0.0.1:53',
    https: '127.0.0.1:443',
    domains: [],
  },
  rqlite: { units: ['rqlite.service', 'rqlited.service'], http: '127.0.0.1:4001' },
  olric: { units: ['olric.service', 'olric-server.service'], client: '127.0.0.1:3320', memberlist: '127.0.0.1:3322' },
  ipfs: {
    units: ['ipfs.service', 'kubo.service'],
    cluster_units: ['ipfs-cluster.service', 'ipfs-cluster-service.service'],
    api: '127.0.0.1:5001',
    cluster_api: '127.0.0.1:9094',
    repo: '/var/lib/ipfs',
  },
  gateway: { units: ['orama-gateway.service'], http: '127.0.0.1:6001', paths: ['/v1/health', '/health'] },
  anyone: {
    relay_units: ['anon.service'],
    client_units: [],
    orport: '127.0.0.1:9001',
    socks: '127.0.0.1:9050',
    control: '127.0.0.1:9051',
    log: '/var/log/anon/notices.log',
    data: '/var/lib/anon',
    config: '/etc/anon/anonrc',
  },
  namespaces: { folder: null },
};

const ORAMA: Profile = {
  ...DEFAULT,
  name: 'orama',
  expect: ['wireguard'],
  services: {
    // Not every node runs each of them (name servers, relays), so absence alone says nothing.
    required: false,
    patterns: ['orama-deploy-*.service'],
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
  // The database is part of the node's own program.
  rqlite: { units: ['orama-node.service'], http: '127.0.0.1:5001' },
  olric: { ...DEFAULT.olric, units: ['orama-olric.service'] },
  ipfs: {
    units: ['orama-ipfs.service'],
    cluster_units: ['orama-ipfs-cluster.service'],
    api: '127.0.0.1:4501',
    cluster_api: '127.0.0.1:9094',
    repo: '/opt/orama/.orama/data/ipfs/repo',
  },
  anyone: { ...DEFAULT.anyone, relay_units: ['orama-anyone-relay.service'], client_units: ['orama-anyone-client.service'] },
  namespaces: { folder: '/opt/orama/.orama/data/namespaces' },
};

/** The profiles by name; `/etc/wardround/node.yaml` names one and changes what differs. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = { default: DEFAULT, orama: ORAMA };
