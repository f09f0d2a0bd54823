import * as z from 'zod/mini';
import { nodeReport, unknownEntry } from './report.ts';

const text = z.nullable(z.string());
const figure = z.nullable(z.number());
const severity = z.enum(['critical', 'warning', 'info']);
const status = z.enum(['unreachable', 'not read', 'critical', 'warning', 'partial', 'unknown', 'muted', 'healthy', 'absent']);
const next = z.nullable(z.union([z.object({ on: z.enum(['node', 'here']), command: z.string() }), z.object({ say: z.string() })]));

const alert = z.object({
  severity,
  subsystem: z.string(),
  /** A node's name, or `cluster`. */
  node: z.string(),
  message: z.string(),
  rule: z.string(),
  subject: z.string(),
  state: z.enum(['firing', 'pending', 'muted']),
  evidence: z.object({ asked: z.string(), answered: z.string(), limit: z.string() }),
  log: z.array(z.string()),
  next,
  follows: text,
});

/** `ward monitor alerts --json`. */
export const alerts = z.array(alert);

const node = { host: z.string(), name: z.string(), role: z.string(), error: text };
const via = z.enum(['local', 'ward', 'orama', 'sent', 'shell']);

/** `ward monitor cluster --json`. */
export const cluster = z.array(
  z.object({
    ...node,
    mem_pct: figure,
    disk_pct: figure,
    rqlite_state: text,
    wg_up: z.nullable(z.boolean()),
    services: text,
    status,
    environment: text,
    tags: z.array(z.string()),
    via,
    cpu_pct: figure,
    steal_pct: figure,
    version: text,
    collection_ms: figure,
    findings: z.object({ critical: z.number(), warning: z.number(), info: z.number() }),
  }),
);

/** `ward monitor node --json`. */
export const nodes = z.array(
  z.object({
    ...node,
    status,
    via,
    collection_ms: figure,
    cause: text,
    alerts,
    notes: z.array(z.string()),
    report: z.nullable(nodeReport),
  }),
);

/** `ward monitor SUBSYSTEM --json`: the section stands under the subsystem's own name. */
export const sections = z.array(
  z.looseObject({ ...node, state: z.enum(['ok', 'absent', 'unknown']), status, unknown: z.array(unknownEntry) }),
);

/** `ward monitor report`: one document for language models. */
export const fleetReport = z.object({
  meta: z.object({
    environment: text,
    collected_at: z.string(),
    duration_seconds: z.number(),
    node_count: z.number(),
    healthy_count: z.number(),
    failed_count: z.number(),
    note: z.string(),
  }),
  summary: z.object({
    rqlite_leader: text,
    rqlite_voters: text,
    rqlite_raft_term: figure,
    wg_mesh_status: text,
    service_health: text,
    critical_alerts: z.number(),
    warning_alerts: z.number(),
    info_alerts: z.number(),
  }),
  alerts,
  nodes: z.array(z.object({ ...node, status, collection_ms: figure, report: z.nullable(nodeReport) })),
});
