import * as z from 'zod/mini';

/** A node of the cluster as this one sees it. */
const seen = z.object({
  reachable: z.boolean(),
  leader: z.boolean(),
  voter: z.boolean(),
  /** How long it took to answer. */
  time_ms: z.nullable(z.number()),
  /** Why it is not reachable; empty if it is. */
  error: z.string(),
  /** `HOST:PORT` of its Raft port. */
  addr: z.nullable(z.string()),
});

const counters = z.object({
  query_errors: z.nullable(z.number()),
  execute_errors: z.nullable(z.number()),
  remote_exec_errors: z.nullable(z.number()),
  leader_not_found: z.nullable(z.number()),
  snapshot_errors: z.nullable(z.number()),
  client_retries: z.nullable(z.number()),
  client_timeouts: z.nullable(z.number()),
});

/** What was counted since the last report. */
const recent = z.object({
  seconds: z.number(),
  /** Log entries applied. */
  applied: z.nullable(z.number()),
  ...counters.shape,
});

/** One node of an rqlite cluster, by its own word. */
export const rqlite = z.object({
  /** The unit that runs it. */
  unit: z.nullable(z.string()),
  /** `HOST:PORT` where its HTTP API listens. */
  api: z.nullable(z.string()),
  responsive: z.nullable(z.boolean()),
  ready: z.nullable(z.boolean()),
  /** What /readyz says is not well; empty if it is ready. */
  not_ready: z.nullable(z.array(z.string())),
  /** Whether a read that needs the agreement of most voters came back. */
  strong_read: z.nullable(z.boolean()),
  /** Leader, Follower, Candidate or Shutdown. */
  raft_state: z.nullable(z.string()),
  /** Whether it knows a leader. */
  has_leader: z.nullable(z.boolean()),
  leader_addr: z.nullable(z.string()),
  leader_id: z.nullable(z.string()),
  node_id: z.nullable(z.string()),
  /** `HOST:PORT` of its own Raft port. */
  addr: z.nullable(z.string()),
  term: z.nullable(z.number()),
  applied_index: z.nullable(z.number()),
  commit_index: z.nullable(z.number()),
  last_log_index: z.nullable(z.number()),
  last_snapshot_index: z.nullable(z.number()),
  fsm_pending: z.nullable(z.number()),
  /** How long ago it heard the leader, in rqlite's own words. */
  last_contact: z.nullable(z.string()),
  last_contact_ms: z.nullable(z.number()),
  num_peers: z.nullable(z.number()),
  voter: z.nullable(z.boolean()),
  /** In rqlite's own words. */
  db_size: z.nullable(z.string()),
  db_size_bytes: z.nullable(z.number()),
  uptime: z.nullable(z.string()),
  version: z.nullable(z.string()),
  goroutines: z.nullable(z.number()),
  heap_mb: z.nullable(z.number()),
  /** By node id. */
  nodes: z.nullable(z.record(z.string(), seen)),
  /** Counted since rqlite started. */
  debug_vars: z.nullable(counters),
  since_last: z.nullable(recent),
});

export type Rqlite = z.infer<typeof rqlite>;
export type SeenNode = z.infer<typeof seen>;
export type Counters = z.infer<typeof counters>;
export type Recent = z.infer<typeof recent>;
