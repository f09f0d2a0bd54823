import * as z from 'zod/mini';

/** A network interface but loopback. Counters are since it was made; `_new` is since the earlier look. */
const networkInterface = z.object({
  name: z.string(),
  /** The kernel's word: up, down, dormant, unknown … */
  state: z.nullable(z.string()),
  rx_bytes: z.number(),
  tx_bytes: z.number(),
  rx_errors: z.number(),
  tx_errors: z.number(),
  rx_drops: z.number(),
  tx_drops: z.number(),
  rx_bytes_per_s: z.nullable(z.number()),
  tx_bytes_per_s: z.nullable(z.number()),
  packets_new: z.nullable(z.number()),
  errors_new: z.nullable(z.number()),
  drops_new: z.nullable(z.number()),
});

/** A port on which somebody waits, each once for TCP and UDP. */
const listeningPort = z.object({
  port: z.number(),
  proto: z.enum(['tcp', 'udp']),
  process: z.nullable(z.string()),
  /** Where it listens: `0.0.0.0` and `::` are all addresses. */
  addresses: z.array(z.string()),
});

/** A port that the node's own file expects somebody to hold. */
const expectedPort = z.object({ port: z.number(), proto: z.enum(['tcp', 'udp']), held: z.nullable(z.boolean()) });

/** How full the table of tracked connections is. */
const conntrack = z.object({ count: z.number(), max: z.number(), use_pct: z.number() });

/** The network of one machine. */
export const network = z.object({
  /** Whether the profile's target takes a connection; null where none is named. */
  internet_reachable: z.nullable(z.boolean()),
  reach_target: z.nullable(z.string()),
  /** Why the target was not reached; empty if it was. */
  reach_error: z.nullable(z.string()),
  default_route: z.nullable(z.boolean()),
  default_gateway: z.nullable(z.string()),
  default_interface: z.nullable(z.string()),
  /** Whether anything is routed into the mesh's interface; null where there is no such interface. */
  wg_route_exists: z.nullable(z.boolean()),
  /** Of this machine, without loopback and addresses that hold on one link only. */
  addresses: z.nullable(z.array(z.string())),
  interfaces: z.nullable(z.array(networkInterface)),
  tcp_established: z.nullable(z.number()),
  tcp_time_wait: z.nullable(z.number()),
  /** Connections and waiting sockets by state; states that none is in are left out. */
  tcp_states: z.nullable(z.record(z.string(), z.number())),
  /** Share of the segments sent between two looks that were sent again. */
  tcp_retrans_pct: z.nullable(z.number()),
  tcp_segments_new: z.nullable(z.number()),
  tcp_retrans_new: z.nullable(z.number()),
  /** Seconds between the two looks that rates and what is `_new` come from. */
  rates_over_s: z.nullable(z.number()),
  conntrack: z.nullable(conntrack),
  /** The first 500 of them. */
  listening_ports: z.nullable(z.array(listeningPort)),
  listening_count: z.nullable(z.number()),
  /** Null in a report of the original program. */
  expected_ports: z.nullable(z.array(expectedPort)),
  ufw_installed: z.nullable(z.boolean()),
  /** As UFW's own files say; rules that somebody took away behind its back are not looked for. */
  ufw_active: z.nullable(z.boolean()),
  /** What UFW does with what no rule names: DROP, REJECT or ACCEPT. */
  ufw_default: z.nullable(z.string()),
  /** As `ufw status` words them: `22/tcp ALLOW IN Anywhere`. */
  ufw_rules: z.nullable(z.array(z.string())),
  /** Whether profile or node's own file want it; null in a report of the original program. */
  ufw_expected: z.nullable(z.boolean()),
  /** ufw, nftables, firewalld, netfilter-persistent: what is switched on here. */
  firewall: z.nullable(z.string()),
});

export type Network = z.infer<typeof network>;
export type NetworkInterface = z.infer<typeof networkInterface>;
export type ListeningPort = z.infer<typeof listeningPort>;
