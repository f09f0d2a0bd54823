import * as z from 'zod/mini';

const levels = z.record(z.string(), z.number());

/** `ward rules --json`. */
export const rules = z.array(
  z.object({
    rule: z.string(),
    subsystem: z.string(),
    severity: z.enum(['critical', 'warning', 'info']),
    about: z.string(),
    source: z.string(),
    levels,
    /** What differs in profile orama. */
    orama: z.record(z.string(), z.union([z.number(), z.string()])),
    needs: z.array(z.string()),
    across_nodes: z.boolean(),
    next: z.nullable(z.union([z.object({ on: z.enum(['node', 'here']), command: z.string() }), z.object({ say: z.string() })])),
  }),
);

/** `ward config check --json`. */
export const configCheck = z.object({
  path: z.nullable(z.string()),
  format: z.string(),
  environments: z.array(z.object({ name: z.string(), nodes: z.number() })),
  node_count: z.number(),
  /** Endpoints that are asked from here. */
  check_count: z.number(),
  settings: z.number(),
  warnings: z.array(z.string()),
});

/** `ward doctor --json`. */
export const doctor = z.object({
  version: z.string(),
  ok: z.boolean(),
  checks: z.array(
    z.object({
      check: z.string(),
      state: z.enum(['ok', 'warning', 'problem', 'unknown']),
      message: z.string(),
      next: z.string(),
    }),
  ),
});

/** What stands on standard error where a command with `--json` fails. */
export const failure = z.object({ error: z.string(), exit: z.number(), where: z.string(), next: z.string() });
