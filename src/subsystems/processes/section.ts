import * as z from 'zod/mini';

const process = z.object({
  pid: z.number(),
  ppid: z.number(),
  /** As in /proc/PID/stat: R, S, D, Z … */
  state: z.string(),
  /** The name it gave itself: any text at all. */
  command: z.string(),
});

/** What one unit's log of the last hour holds. */
const panics = z.object({
  unit: z.string(),
  count: z.nullable(z.number()),
  /** The newest of them, oldest first. */
  last_lines: z.nullable(z.array(z.string())),
});

/** Processes that should not be there, and programs that broke down. */
export const processes = z.object({
  total: z.nullable(z.number()),
  zombie_count: z.nullable(z.number()),
  /** The first of them by pid. */
  zombies: z.nullable(z.array(process)),
  /** Null where the profile names no process to look for. */
  orphan_count: z.nullable(z.number()),
  orphans: z.nullable(z.array(process)),
  /** In the last hour, over all units that the profile names; null where it names none. */
  panic_count: z.nullable(z.number()),
  panics: z.nullable(z.array(panics)),
});

export type Processes = z.infer<typeof processes>;
export type Process = z.infer<typeof process>;
export type Panics = z.infer<typeof panics>;
