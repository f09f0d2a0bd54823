import * as z from 'zod/mini';

/** One peer as the kernel or wireguard-go knows it. */
const peer = z.object({
  public_key: z.string(),
  /** `HOST:PORT`, an IPv6 host in brackets. */
  endpoint: z.nullable(z.string()),
  /** Separated by commas; `(none)` where nothing may come from it. */
  allowed_ips: z.string(),
  /** Unix seconds. */
  latest_handshake: z.nullable(z.number()),
  handshake_age_sec: z.nullable(z.number()),
  never_shook_hands: z.boolean(),
  transfer_rx_bytes: z.nullable(z.number()),
  transfer_tx_bytes: z.nullable(z.number()),
  /** Seconds between keepalives. */
  keepalive: z.nullable(z.number()),
});

/** What went through a peer since the last report. */
const flow = z.object({
  public_key: z.string(),
  rx_bytes_per_s: z.number(),
  tx_bytes_per_s: z.number(),
});

/** Another WireGuard interface of the machine. */
const further = z.object({
  name: z.string(),
  interface_up: z.nullable(z.boolean()),
  public_key: z.nullable(z.string()),
  listen_port: z.nullable(z.number()),
  mtu: z.nullable(z.number()),
  peers: z.nullable(z.array(peer)),
});

/** The mesh as one machine sees it, and its further WireGuard interfaces. No private or preshared key is ever in it. */
export const wireguard = z.object({
  /** The interface that all fields but `interfaces` speak of. */
  interface: z.nullable(z.string()),
  interface_up: z.nullable(z.boolean()),
  service_active: z.nullable(z.boolean()),
  wg_ip: z.nullable(z.string()),
  listen_port: z.nullable(z.number()),
  peer_count: z.nullable(z.number()),
  mtu: z.nullable(z.number()),
  config_exists: z.nullable(z.boolean()),
  /** Permission bits in octal, such as `600`. */
  config_perms: z.nullable(z.string()),
  public_key: z.nullable(z.string()),
  peers: z.nullable(z.array(peer)),
  /** Peers whose counters went on since the last report. */
  traffic: z.nullable(z.array(flow)),
  interfaces: z.nullable(z.array(further)),
});

export type Wireguard = z.infer<typeof wireguard>;
export type Peer = z.infer<typeof peer>;
export type Flow = z.infer<typeof flow>;
export type FurtherInterface = z.infer<typeof further>;
