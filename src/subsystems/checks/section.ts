import * as z from 'zod/mini';

/** One service inside another program, in that program's own words. */
const service = z.object({
  name: z.string(),
  /** healthy, degraded, running, failed … */
  status: z.string(),
  /** Empty where the program says nothing of it. */
  desired: z.string(),
  /** `3 retries`; empty where there is nothing to add. */
  detail: z.string(),
});

/** What another program says of its own health. Its word is a claim with a time, not evidence. */
const claim = z.object({
  /** Its word for the whole; empty where it has none. */
  status: z.string(),
  /** Its version or host, as it names itself; empty where it does not. */
  from: z.string(),
  /** Its own time for this, as it wrote it: nanoseconds are kept as text. Empty where it names none. */
  at: z.string(),
  services: z.array(service),
  /** Every other number in it by its path: `resources.cpu_percent`. At most sixty. */
  figures: z.array(z.object({ name: z.string(), value: z.number() })),
});

/** One check and its outcome. */
const check = z.object({
  name: z.string(),
  kind: z.enum(['http', 'tcp', 'dns', 'tls', 'health']),
  target: z.string(),
  /** Null where it could not be asked. */
  passed: z.nullable(z.boolean()),
  /** What came back, in short: `status 200`, `connected`, records. Null where nothing did. */
  answer: z.nullable(z.string()),
  /** What should come back. */
  expected: z.string(),
  took_ms: z.nullable(z.number()),
  /** More than this is slow. */
  slow_ms: z.number(),
  status: z.nullable(z.number()),
  days_left: z.nullable(z.number()),
  /** With fewer days left it is to be renewed. */
  least_days: z.number(),
  claim: z.nullable(claim),
});

/** The endpoints that the node's own file names, asked from the node; or those of nodes.yaml, asked from where ward runs. */
export const checks = z.object({ checks: z.array(check) });

export type Checks = z.infer<typeof checks>;
export type CheckResult = z.infer<typeof check>;
export type Claim = z.infer<typeof claim>;
