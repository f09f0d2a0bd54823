import * as z from 'zod/mini';

/** What the gateway says of one of the things that it stands on. */
const part = z.object({
  status: z.string(),
  /** In its own words or its own unit. */
  latency: z.nullable(z.string()),
  /** Empty if it tells none. */
  error: z.string(),
});

/** The gateway of a node. What it says of others is a claim with a time, no evidence. */
export const gateway = z.object({
  unit: z.nullable(z.string()),
  service_active: z.nullable(z.boolean()),
  /** `HOST:PORT` where it listens. */
  api: z.nullable(z.string()),
  /** Whether any HTTP answer came. */
  responsive: z.nullable(z.boolean()),
  http_status: z.nullable(z.number()),
  version: z.nullable(z.string()),
  /** Its word on itself, such as `ok`. */
  status: z.nullable(z.string()),
  /** In its own words. */
  uptime: z.nullable(z.string()),
  /** By name; older gateways tell none. */
  subsystems: z.nullable(z.record(z.string(), part)),
  /** RFC 3339: when it last looked at what it speaks of. */
  last_updated: z.nullable(z.string()),
  /** How old its word was when the report was made. */
  claim_age_sec: z.nullable(z.number()),
});

export type Gateway = z.infer<typeof gateway>;
export type GatewayPart = z.infer<typeof part>;
