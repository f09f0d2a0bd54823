import * as z from 'zod/mini';

/** A line of a crontab. Moments are seconds from now, or until now. */
const job = z.object({
  file: z.string(),
  line: z.number(),
  user: z.string(),
  /** As it stands there: `0 3 * * 0`, `@daily`. */
  schedule: z.string(),
  command: z.string(),
  next_sec: z.nullable(z.number()),
  /** Since it should last have run; moments less than five minutes ago do not count yet. */
  due_sec: z.nullable(z.number()),
  /** Since cron's log last names it. */
  last_sec: z.nullable(z.number()),
});

/** A line that cron cannot follow. */
const badLine = z.object({ file: z.string(), line: z.number(), text: z.string(), reason: z.string() });

/** A timer of systemd. */
const timer = z.object({
  name: z.string(),
  active: z.boolean(),
  /** The unit that it starts. */
  starts: z.string(),
  next_sec: z.nullable(z.number()),
  last_sec: z.nullable(z.number()),
  /** Of the last run: success, exit-code, signal … */
  result: z.nullable(z.string()),
  exit_status: z.nullable(z.number()),
});

/** What a machine does by the clock. */
export const cron = z.object({
  /** The zone by which cron goes: `Etc/UTC`. */
  zone: z.nullable(z.string()),
  /** Of `/etc/crontab` and `/etc/cron.d`. */
  jobs: z.nullable(z.array(job)),
  /** Of the users' own crontabs, which only root may read. */
  user_jobs: z.nullable(z.array(job)),
  bad_lines: z.nullable(z.array(badLine)),
  /** How far back cron's log was read. */
  log_covers_sec: z.nullable(z.number()),
  timers: z.nullable(z.array(timer)),
});

export type Cron = z.infer<typeof cron>;
export type Job = z.infer<typeof job>;
export type BadLine = z.infer<typeof badLine>;
export type TimerRow = z.infer<typeof timer>;
