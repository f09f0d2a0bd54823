import * as z from 'zod/mini';

/** One run of a health check, as the engine keeps it. */
const probe = z.object({
  ago_sec: z.nullable(z.number()),
  /** 0 is healthy; -1 is the engine's own sign for a check that took too long. */
  exit_code: z.number(),
  took_ms: z.nullable(z.number()),
  output: z.string(),
});

/** The health check of a container and how it went. */
const health = z.object({
  status: z.enum(['starting', 'healthy', 'unhealthy']),
  /** Probes that failed in a row. */
  failing_streak: z.number(),
  /** It has failed for at least so long: the engine keeps five probes, earlier ones are counted as one an interval. */
  failing_for_sec: z.nullable(z.number()),
  interval_sec: z.number(),
  /** The command that is run. */
  test: z.string(),
  /** The last three, oldest first. */
  probes: z.nullable(z.array(probe)),
});

/** What Docker Compose or Swarm calls it. */
const compose = z.object({ project: z.string(), service: z.string() });

const ending = z.object({ exit_code: z.number(), ago_sec: z.nullable(z.number()) });

/** One container. Ages are seconds until now. */
const container = z.object({
  /** The first twelve digits. */
  id: z.string(),
  name: z.string(),
  engine: z.enum(['docker', 'podman']),
  image: z.string(),
  /** Since the image was built. */
  image_age_sec: z.nullable(z.number()),
  compose: z.nullable(compose),
  /** created, running, paused, restarting, exited, dead … */
  state: z.string(),
  /** Null where it has no health check, or it could not be read. */
  health: z.nullable(health),
  /** By the engine, since somebody last started it. */
  restarts: z.nullable(z.number()),
  /** As Docker's command line writes it: `no`, `always`, `unless-stopped`, `on-failure:3`. */
  restart_policy: z.nullable(z.string()),
  /** How and when it ended; null while it runs. */
  ended: z.nullable(ending),
  /** Why the engine could not start it; empty if it could. */
  error: z.nullable(z.string()),
  oom_killed: z.nullable(z.boolean()),
  started_sec: z.nullable(z.number()),
  cpu_limit_cores: z.nullable(z.number()),
  /** Without the cache of files that the kernel can drop at once. */
  memory_bytes: z.nullable(z.number()),
  memory_limit_bytes: z.nullable(z.number()),
  no_memory_limit: z.nullable(z.boolean()),
});

/** What one container that runs did since the last report. */
const activity = z.object({
  id: z.string(),
  /** 100 is one core. */
  cpu_pct: z.nullable(z.number()),
  disk: z.nullable(z.object({ read_bytes_per_s: z.number(), write_bytes_per_s: z.number() })),
  network: z.nullable(z.object({ rx_bytes_per_s: z.number(), tx_bytes_per_s: z.number() })),
  restarts: z.nullable(z.number()),
});

/** The last lines of one that is not well, oldest first. */
const log = z.object({ id: z.string(), name: z.string(), lines: z.nullable(z.array(z.string())) });

/** An engine that may be here, by its socket. */
const engine = z.object({
  socket: z.string(),
  version: z.nullable(z.object({ name: z.string(), version: z.string(), api_version: z.string() })),
});

/** The containers of one machine, from every engine on it. */
export const containers = z.object({
  engines: z.array(engine),
  containers: z.nullable(z.array(container)),
  /** Since the last report, which was so many seconds ago. */
  recent: z.nullable(z.object({ seconds: z.number(), containers: z.array(activity) })),
  /** Of at most five containers. */
  logs: z.nullable(z.array(log)),
});

export type Containers = z.infer<typeof containers>;
export type Container = z.infer<typeof container>;
export type Health = z.infer<typeof health>;
export type Probe = z.infer<typeof probe>;
export type Activity = z.infer<typeof activity>;
