import { evaluate, type Evaluation, type Watched } from '../core/evaluate.ts';
import type { RuleSetting } from '../core/settings.ts';
import type { NodeSnapshot, Snapshot } from '../core/snapshot.ts';
import { watchedByName } from '../cli/monitor/judged.ts';
import { reaches } from '../cli/monitor/reach.ts';
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
  refresh(now_ms: number): void;
  end(snapshot: Snapshot): void;
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
  interval_s: number;
}

/** A fleet of which nothing was read yet. */
export function fleetOf({ nodes, shown, settings, environment, interval_s }: FleetOf, now_ms: number): Fleet {
  const [log, ways, last] = [alertLog(), curves(), new Map<string, NodeSnapshot>()];
  const reach = reaches(nodes);
  const waiting = new Map<string, string>();
  let come = new Map<string, NodeSnapshot>();
  let snapshot: Snapshot = { environment, taken_at_ms: now_ms, duration_ms: 0, nodes: nodes.map((node) => unanswered(node, now_ms)) };
  let judged: Evaluation = { findings: [], checks: [] };
  let progress: Progress = { waiting, begun_ms: null, next_ms: null, failed: '', first: true };
  let since_ms = now_ms;
  let interval = interval_s;
  let look: Look | null = null;
  const change = (more: Partial<Progress>) => {
    progress = { ...progress, ...more, waiting: new Map(waiting) };
    look = null;
  };
  return {
    look() {
      look ??= {
        round: { snapshot, ...judged, shown },
        progress,
        last: new Map(last),
        curves: ways,
        log,
        reach,
        since_ms,
        interval_s: interval,
      };
      return look;
    },
    begin(at_ms) {
      come = new Map();
      waiting.clear();
      for (const { name, host } of nodes) waiting.set(name, host === null ? 'reading this machine' : `connecting to ${host}`);
      change({ begun_ms: at_ms, next_ms: null });
    },
    connected(name) {
      if (waiting.has(name)) waiting.set(name, 'reading');
      change({});
    },
    answered(node) {
      waiting.delete(node.name);
      come.set(node.name, node);
      if (node.report !== null) last.set(node.name, node);
    },
    refresh(at_ms) {
      const { first } = progress;
      snapshot = { ...snapshot, taken_at_ms: at_ms, nodes: snapshot.nodes.map((node) => come.get(node.name) ?? node) };
      judged = evaluate(snapshot, first ? withoutComparisons() : watchedByName(), settings);
      change({});
    },
    end(taken) {
      const { first } = progress;
      snapshot = taken;
      for (const node of taken.nodes) if (node.report !== null) last.set(node.name, node);
      judged = evaluate(taken, watchedByName(), settings);
      if (first) since_ms = taken.taken_at_ms;
      ways.add(taken);
      log.add(taken, judged.findings);
      waiting.clear();
      change({ begun_ms: null, failed: '', first: false });
    },
    failed(why) {
      waiting.clear();
      change({ begun_ms: null, failed: why });
    },
    planned(next_ms, every_s) {
      interval = every_s;
      change({ next_ms });
    },
  };
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
