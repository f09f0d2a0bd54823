import * as z from 'zod/mini';

const next = z.nullable(z.union([z.object({ on: z.enum(['node', 'here']), command: z.string() }), z.object({ say: z.string() })]));
const text = z.nullable(z.string());

/** `ward inspect --format json`: the original's document, with what ward adds. */
export const inspection = z.object({
  summary: z.object({
    passed: z.number(),
    failed: z.number(),
    warned: z.number(),
    skipped: z.number(),
    total: z.number(),
    duration_seconds: z.number(),
    environment: text,
    collected_at: z.string(),
    node_count: z.number(),
  }),
  checks: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      subsystem: z.string(),
      /** 3 critical, 2 high, 1 medium, 0 low. */
      severity: z.number(),
      status: z.enum(['fail', 'warn', 'pass', 'skip']),
      /** For a skip the reason. */
      message: z.string(),
      /** Empty for a check across the nodes. */
      node: z.string(),
      importance: z.enum(['critical', 'high', 'medium', 'low']),
      /** What it is about on the node; empty for the whole. */
      subject: z.string(),
      evidence: z.nullable(z.object({ asked: z.string(), answered: z.string(), limit: z.string() })),
      next,
      log: z.array(z.string()),
      /** What explains it; null unless something does. */
      follows: text,
    }),
  ),
  /** Only with --ai: what the model said, subsystem by subsystem. */
  ai: z.optional(z.array(z.object({ subsystem: z.string(), answer: z.string(), error: text }))),
});
