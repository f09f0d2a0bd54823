import { CLUSTER, type Finding } from '../core/rule.ts';
import type { Snapshot } from '../core/snapshot.ts';

/** A finding over the rounds that were seen here. */
export interface Life {
  finding: Finding;
  /** Unix milliseconds of the round in which it was first seen. */
  since_ms: number;
  /** It was there in the first round already, so it may be older. */
  at_least: boolean;
  /** Rounds in a row. */
  rounds: number;
}

/** A finding that began or ended between two rounds. */
export interface Change {
  at_ms: number;
  kind: 'began' | 'resolved';
  life: Life;
}

/** What was seen of findings since the screen opened. */
export interface AlertLog {
  add(snapshot: Snapshot, findings: readonly Finding[]): void;
  life(finding: Finding): Life | null;
  /** Newest first. */
  changes(): readonly Change[];
}

const KEPT = 200;

/** Rule, node and subject: a finding's identity has no number in it. */
export function identityOf({ rule, node, subject }: Finding): string {
  return [rule, node, subject].join('\0');
}

/** Nothing seen yet. */
export function alertLog(): AlertLog {
  const lives = new Map<string, Life>();
  let changes: Change[] = [];
  let first = true;
  const add = (snapshot: Snapshot, findings: readonly Finding[]) => {
    const at_ms = snapshot.taken_at_ms;
    const now = new Set<string>();
    for (const finding of findings) {
      const identity = identityOf(finding);
      now.add(identity);
      const before = lives.get(identity);
      const life = { finding, since_ms: before?.since_ms ?? at_ms, at_least: before?.at_least ?? first, rounds: (before?.rounds ?? 0) + 1 };
      lives.set(identity, life);
      if (before === undefined && !first && counts(finding)) changes = [{ at_ms, kind: 'began' as const, life }, ...changes];
    }
    const known = knownIn(snapshot);
    for (const [identity, life] of lives) {
      if (now.has(identity) || !known(life.finding)) continue;
      lives.delete(identity);
      if (counts(life.finding)) changes = [{ at_ms, kind: 'resolved' as const, life }, ...changes];
    }
    changes = changes.slice(0, KEPT);
    first = false;
  };
  return { add, life: (finding) => lives.get(identityOf(finding)) ?? null, changes: () => changes };
}

/** What follows from another finding, or does not hold yet, is no news of its own. */
function counts({ state, severity }: Finding): boolean {
  return state === 'firing' && severity !== 'info';
}

/** Whether the round could tell of the finding at all: what is unknown resolves nothing. */
function knownIn({ nodes }: Snapshot): (finding: Finding) => boolean {
  const reports = new Map(nodes.map(({ name, report }) => [name, report]));
  return ({ node, subsystem, rule }) => {
    if (node === CLUSTER || rule.startsWith('ssh/')) return true;
    const report = reports.get(node);
    if (report === undefined || report === null) return false;
    return !(subsystem in report.states) || report.states[subsystem] !== 'unknown';
  };
}
