import * as z from 'zod/mini';

/** A unit as systemd describes it. Times are seconds until now, sizes MiB. */
const service = z.object({
  /** Without `.service`; other suffixes are kept. */
  name: z.string(),
  active_state: z.nullable(z.string()),
  sub_state: z.nullable(z.string()),
  enabled: z.nullable(z.boolean()),
  /** Automatic restarts since somebody last started it. */
  n_restarts: z.nullable(z.number()),
  active_since_sec: z.nullable(z.number()),
  memory_current_mb: z.nullable(z.number()),
  cpu_usage_nsec: z.nullable(z.number()),
  main_pid: z.nullable(z.number()),
  restart_loop_risk: z.nullable(z.boolean()),
  /** loaded, not-found, masked … */
  load_state: z.nullable(z.string()),
  /** success, exit-code, signal, oom-kill … */
  result: z.nullable(z.string()),
  exit_status: z.nullable(z.number()),
  /** How long it has been in this state, whichever it is. */
  state_since_sec: z.nullable(z.number()),
  /** 100 is one core. */
  cpu_pct: z.nullable(z.number()),
  /** Why it is listed: it must run here, it belongs to the profile, or it is enabled on this machine. */
  watch: z.nullable(z.enum(['required', 'profile', 'enabled'])),
});

/** A unit that failed. */
const failedUnit = z.object({
  name: z.string(),
  result: z.nullable(z.string()),
  exit_status: z.nullable(z.number()),
  since_sec: z.nullable(z.number()),
  /** Its last lines, oldest first; of the first five units only. */
  log: z.nullable(z.array(z.string())),
});

/** A unit that restarts again and again, with its last lines. */
const loopingUnit = z.object({ name: z.string(), log: z.nullable(z.array(z.string())) });

/** How often units restarted by themselves since the last report; only those that did. */
const restarts = z.object({ seconds: z.number(), units: z.array(z.object({ name: z.string(), count: z.number() })) });

/** The units of one machine. */
export const services = z.object({
  /** The units that the profile or the node's own file names, whether they are installed or not. */
  services: z.nullable(z.array(service)),
  /** Full names. */
  failed_units: z.nullable(z.array(z.string())),
  failed: z.nullable(z.array(failedUnit)),
  looping: z.nullable(z.array(loopingUnit)),
  /** Services beyond those that are enabled to start with the machine. */
  others: z.nullable(z.array(service)),
  restarts_recent: z.nullable(restarts),
});

export type Services = z.infer<typeof services>;
export type Service = z.infer<typeof service>;
export type FailedUnit = z.infer<typeof failedUnit>;
export type Restarts = z.infer<typeof restarts>;
