import * as z from 'zod/mini';

/** A domain as the machine's own name server answers for it. */
const domain = z.object({
  name: z.string(),
  soa_resolves: z.nullable(z.boolean()),
  soa_serial: z.nullable(z.number()),
  ns_resolves: z.nullable(z.boolean()),
  /** Names of its name servers. */
  ns: z.nullable(z.array(z.string())),
  a_resolves: z.nullable(z.boolean()),
  a: z.nullable(z.array(z.string())),
  wildcard_resolves: z.nullable(z.boolean()),
});

/** The certificate that the machine's web server presents for a name. */
const certificate = z.object({
  /** As asked for; `*.DOMAIN` for a name that only a wildcard covers. */
  name: z.string(),
  /** Whole days, rounded down: below 0 once it has expired. */
  days_left: z.nullable(z.number()),
  /** How long it is valid in all. */
  lifetime_days: z.nullable(z.number()),
  /** Unix seconds. */
  not_after: z.nullable(z.number()),
  issuer: z.nullable(z.string()),
  /** Whether the system's authorities vouch for it under this name. */
  trusted: z.nullable(z.boolean()),
  /** Why not, in the TLS library's word; empty if they do. */
  distrust: z.nullable(z.string()),
  names: z.nullable(z.array(z.string())),
});

/** Name server, web server and certificates of one machine. */
export const dns = z.object({
  /** Null where the unit is not installed. */
  coredns_active: z.nullable(z.boolean()),
  coredns_enabled: z.nullable(z.boolean()),
  caddy_active: z.nullable(z.boolean()),
  caddy_enabled: z.nullable(z.boolean()),
  /** UDP; a resolver's stub on 127.0.0.53 does not count. */
  port_53_bound: z.nullable(z.boolean()),
  port_80_bound: z.nullable(z.boolean()),
  port_443_bound: z.nullable(z.boolean()),
  /** Programs that listen on 53, and on 443 or else 80. */
  server: z.nullable(z.string()),
  web_server: z.nullable(z.string()),
  coredns_mem_mb: z.nullable(z.number()),
  coredns_restarts: z.nullable(z.number()),
  log_errors_5m: z.nullable(z.number()),
  corefile_exists: z.nullable(z.boolean()),
  /** Of the first domain, as are the next ones. */
  soa_resolves: z.nullable(z.boolean()),
  ns_resolves: z.nullable(z.boolean()),
  ns_record_count: z.nullable(z.number()),
  wildcard_resolves: z.nullable(z.boolean()),
  base_a_resolves: z.nullable(z.boolean()),
  base_tls_days_left: z.nullable(z.number()),
  wild_tls_days_left: z.nullable(z.number()),
  /** The domains that were asked for, and how many there are. */
  domains: z.nullable(z.array(domain)),
  domain_count: z.nullable(z.number()),
  certificates: z.nullable(z.array(certificate)),
});

export type Dns = z.infer<typeof dns>;
export type Domain = z.infer<typeof domain>;
export type PresentedCertificate = z.infer<typeof certificate>;
