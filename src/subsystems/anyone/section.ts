import * as z from 'zod/mini';

/** The Anyone relay or client of one node. */
export const anyone = z.object({
  relay_active: z.nullable(z.boolean()),
  client_active: z.nullable(z.boolean()),
  /** `client` or `relay`; where both run, the client. */
  mode: z.nullable(z.string()),
  orport_listening: z.nullable(z.boolean()),
  socks_listening: z.nullable(z.boolean()),
  control_listening: z.nullable(z.boolean()),
  bootstrapped: z.nullable(z.boolean()),
  bootstrap_pct: z.nullable(z.number()),
  /** What it is at, in its own words. */
  bootstrap_summary: z.nullable(z.string()),
  /** What keeps it from going on, in its own words; empty if nothing does. */
  bootstrap_warning: z.nullable(z.string()),
  /** `control` where the program itself told how far it is, `log` where its log did. */
  bootstrap_source: z.nullable(z.string()),
  circuit_established: z.nullable(z.boolean()),
  version: z.nullable(z.string()),
  fingerprint: z.nullable(z.string()),
  nickname: z.nullable(z.string()),
});

export type Anyone = z.infer<typeof anyone>;
