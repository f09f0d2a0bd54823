import { evaluating, type Evaluation, type Watched } from '../core/evaluate.ts';
import type { RuleSetting } from '../core/settings.ts';
import type { Steps } from '../core/steps.ts';
import type { NodeSnapshot, Snapshot } from '../core/snapshot.ts';
import { watchedByName } from '../cli/monitor/judged.ts';
import type { Round } from '../cli/monitor/round.ts';
import { reaches } from '../fleet/reach.ts';
import type { NodeConfig } from '../fleet/node-config.ts';
import { alertLog } from './alert-log.ts';
import { curves } from './curves.ts';
import type { Look, Progress } from './look.ts';

/** What is known of the fleet, as it comes in. Each change makes a new Look. */
export interface Fleet {
  look(): Look;
  begin(at_ms: number): void;
  connected(name: string): void;
  /** One node's answer in the round that runs; it shows once `refresh` is called. */
  answered(node: NodeSnapshot): void;
  refresh(now_ms: number): Promise<void>;
  end(snapshot: Snapshot): Promise<void>;
  failed(why: string): void;
  /** When the next round begins; null for never. */
  planned(next_ms: number | null, interval_s: number): void;
}

/** What stays the same over the rounds. */
export interface FleetOf {
  nodes: readonly NodeConfig[];
  shown: ReadonlySet<string>;
  settings: readonly RuleSetting[];
  environment: string | null;
  /** All of the inventory, this one too. */
  environments: readonly string[];
  interval_s: number;
}

/** What is known now. */
interface Known {
  of: FleetOf;
  waiting: Map<string, string>;
  come: Map<string, NodeSnapshot>;
  last: Map<string, NodeSnapshot>;
  snapshot: Snapshot;
  judged: Evaluation;
  progress: Progress;
  since_ms: number;
  interval_s: number;
  /** The same as long as nothing new was read. */
  round: Round | null;
  look: Look | null;
}

/** A fleet of which nothing was read yet. */
export function fleetOf(of: FleetOf, now_ms: number): Fleet {
  const [log, ways, reach] = [alertLog(), curves(), reaches(of.nodes)];
  const known = nothingKnown(of, now_ms);
  return {
    look() {
      const { snapshot, judged, progress, last, since_ms, interval_s } = known;
      if (known.round?.snapshot !== snapshot) known.round = { snapshot, ...judged, shown: of.shown };
      const { round } = known;
      known.look ??= {
        round,
        progress,
        last: new Map(last),
        curves: ways,
        log,
        reach,
        since_ms,
        interval_s,
        environments: of.environments,
      };
      return known.look;
    },
    begin: (at_ms) => begin(known, at_ms),
    connected(name) {
      if (known.waiting.has(name)) known.waiting.set(name, 'reading');
      // Later rounds show what was read before, not what they wait for.
      if (known.progress.first) change(known, {});
    },
    answered(node) {
      known.waiting.delete(node.name);
      known.come.set(node.name, node);
      keep(known, node);
    },
    refresh: (at_ms) => refresh(known, at_ms),
    async end(taken) {
      const judged = await inTurns(evaluating(taken, watchedByName(), of.settings));
      await inTurns(ways.adding(taken));
      log.add(taken, judged.findings);
      end(known, taken, judged);
    },
    failed(why) {
      known.waiting.clear();
      change(known, { begun_ms: null, failed: why });
    },
    planned(next_ms, interval_s) {
      known.interval_s = interval_s;
      change(known, { next_ms });
    },
  };
}

function nothingKnown(of: FleetOf, now_ms: number): Known {
  const nodes = of.nodes.map((node) => unanswered(node, now_ms));
  return {
    of,
    waiting: new Map(),
    come: new Map(),
    last: new Map(),
    snapshot: { environment: of.environment, taken_at_ms: now_ms, duration_ms: 0, nodes },
    judged: { findings: [], checks: [] },
    progress: { waiting: new Map(), begun_ms: null, next_ms: null, failed: '', first: true },
    since_ms: now_ms,
    interval_s: of.interval_s,
    round: null,
    look: null,
  };
}

function change(known: Known, more: Partial<Progress>): void {
  known.progress = { ...known.progress, ...more, waiting: new Map(known.waiting) };
  known.look = null;
}

function keep({ last }: Known, node: NodeSnapshot): void {
  if (node.report !== null) last.set(node.name, node);
}

function begin(known: Known, at_ms: number): void {
  known.come = new Map();
  known.waiting = new Map(known.of.nodes.map(({ name, host }) => [name, host === null ? 'reading this machine' : `connecting to ${host}`]));
  change(known, { begun_ms: at_ms, next_ms: null });
}

async function refresh(known: Known, at_ms: number): Promise<void> {
  const { snapshot, come, progress, of } = known;
  const mixed = { ...snapshot, taken_at_ms: at_ms, nodes: snapshot.nodes.map((node) => come.get(node.name) ?? node) };
  const judged = await inTurns(evaluating(mixed, progress.first ? withoutComparisons() : watchedByName(), of.settings));
  // The round may have ended meanwhile, and then its end is the better look.
  if (known.snapshot !== snapshot) return;
  known.snapshot = mixed;
  known.judged = judged;
  change(known, {});
}

function end(known: Known, taken: Snapshot, judged: Evaluation): void {
  if (known.progress.first) known.since_ms = taken.taken_at_ms;
  known.snapshot = taken;
  known.judged = judged;
  for (const node of taken.nodes) keep(known, node);
  known.waiting.clear();
  change(known, { begun_ms: null, failed: '', first: false });
}

/** Longer than this no key waits for what a round is worth. */
const TURN_MS = 8;

async function inTurns<T>(steps: Steps<T>): Promise<T> {
  let turn_ms = performance.now();
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (performance.now() - turn_ms < TURN_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    turn_ms = performance.now();
  }
}

/** While nodes are still to come, comparing those that have would find what is not there. */
function withoutComparisons(): Watched[] {
  return watchedByName().map(({ name, rules }) => ({ name, rules: rules.filter((rule) => !('compare' in rule)) }));
}

function unanswered({ name, host, environment, role, tags, groups }: NodeConfig, now_ms: number): NodeSnapshot {
  const nothing = {
    via: 'ward',
    profile: 'default',
    report: null,
    failure: null,
    asked_at_ms: now_ms,
    answered_at_ms: now_ms,
    notes: [],
  } as const;
  return { ...{ name, host, environment, role, tags, groups }, ...nothing };
}
