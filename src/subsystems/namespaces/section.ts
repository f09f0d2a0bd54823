import * as z from 'zod/mini';

/** A namespace's own database, cache and gateway on one node, on a block of five ports. */
const namespace = z.object({
  name: z.string(),
  /** The first port of its block, the one of its rqlite. */
  port_base: z.nullable(z.number()),
  rqlite_up: z.nullable(z.boolean()),
  rqlite_state: z.nullable(z.string()),
  /** `HOST:PORT` of the leader that it knows. */
  rqlite_leader: z.nullable(z.string()),
  rqlite_ready: z.nullable(z.boolean()),
  olric_up: z.nullable(z.boolean()),
  gateway_up: z.nullable(z.boolean()),
  /** The HTTP status with which its gateway tells its health. */
  gateway_status: z.nullable(z.number()),
});

/** The namespaces of one node; empty where there are none. */
export const namespaces = z.array(namespace);

export type Namespace = z.infer<typeof namespace>;
export type Namespaces = Namespace[];
