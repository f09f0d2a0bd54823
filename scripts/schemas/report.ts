import * as z from 'zod/mini';
import { SECTIONS } from '../../src/subsystems/sections.gen.ts';

const text = z.nullable(z.string());
const state = z.enum(['ok', 'absent', 'unknown']);

/** One value that could not be read. */
export const unknownEntry = z.object({
  path: z.string(),
  kind: z.enum(['absent', 'denied', 'timeout', 'failed', 'unparsed']),
  reason: z.string(),
});

const sections = Object.fromEntries(
  Object.entries(SECTIONS).map(([name, section]) => [name, z.optional(z.nullable(section as z.ZodMiniType))]),
);

/** `ward node report --json`: an object or null for each section; sections of other versions are let through. */
export const nodeReport = z.looseObject({
  schema_version: z.number(),
  timestamp: z.string(),
  hostname: text,
  public_ip: text,
  wireguard_ip: text,
  version: z.string(),
  profile: z.string(),
  expected: z.array(z.string()),
  collect_ms: z.number(),
  errors: z.array(z.string()),
  states: z.record(z.string(), state),
  unknown: z.array(unknownEntry),
  ...sections,
});
