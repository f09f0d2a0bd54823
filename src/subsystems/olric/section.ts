import * as z from 'zod/mini';

/** One member of an Olric cluster, by its own word. */
export const olric = z.object({
  /** The unit that runs it. */
  unit: z.nullable(z.string()),
  service_active: z.nullable(z.boolean()),
  /** `HOST:PORT` where it speaks the Redis protocol. */
  api: z.nullable(z.string()),
  responsive: z.nullable(z.boolean()),
  /** Whether anything listens where its members find each other. */
  memberlist_up: z.nullable(z.boolean()),
  /** Its own name in the cluster, `HOST:PORT`. */
  member: z.nullable(z.string()),
  member_count: z.nullable(z.number()),
  /** Names of the members that it knows, itself among them. */
  members: z.nullable(z.array(z.string())),
  /** The member that deals out the partitions. */
  coordinator: z.nullable(z.string()),
  /** Partitions that it owns. */
  partitions: z.nullable(z.number()),
  entries: z.nullable(z.number()),
  uptime_seconds: z.nullable(z.number()),
  version: z.nullable(z.string()),
  process_mem_mb: z.nullable(z.number()),
  restart_count: z.nullable(z.number()),
  log_errors_1h: z.nullable(z.number()),
  /** Lines in which a member was suspected to be gone. */
  log_suspects_1h: z.nullable(z.number()),
  /** Lines in which a member came or left. */
  log_flapping_1h: z.nullable(z.number()),
});

export type Olric = z.infer<typeof olric>;
