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

interface Seen {
  lives: Map<string, Life>;
  changes: readonly Change[];
  first: boolean;
}

/** Nothing seen yet. */
export function alertLog(): AlertLog {
  const seen: Seen = { lives: new Map(), changes: [], first: true };
  return {
    add(snapshot, findings) {
      const began = findings.flatMap((finding) => noted(seen, finding, snapshot.taken_at_ms));
      seen.changes = [...ended(seen, snapshot, findings), ...began, ...seen.changes].slice(0, KEPT);
      seen.first = false;
    },
    life: (finding) => seen.lives.get(identityOf(finding)) ?? null,
    changes: () => seen.changes,
  };
}

function noted({ lives, first }: Seen, finding: Finding, at_ms: number): Change[] {
  const identity = identityOf(finding);
  const before = lives.get(identity);
  const life: Life =
    before === undefined ? { finding, since_ms: at_ms, at_least: first, rounds: 1 } : { ...before, finding, rounds: before.rounds + 1 };
  lives.set(identity, life);
  return before === undefined && !first && counts(finding) ? [{ at_ms, kind: 'began', life }] : [];
}

/** What is over: it was there, is not any more, and the round could tell. */
function ended({ lives }: Seen, snapshot: Snapshot, findings: readonly Finding[]): Change[] {
  const now = new Set(findings.map(identityOf));
  const known = knownIn(snapshot);
  const over = [...lives].filter(([identity, { finding }]) => !now.has(identity) && known(finding));
  for (const [identity] of over) lives.delete(identity);
  return over.flatMap(([, life]): Change[] => (counts(life.finding) ? [{ at_ms: snapshot.taken_at_ms, kind: 'resolved', life }] : []));
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
