import type { NodeSnapshot, Snapshot } from './snapshot.ts';
import type { MaybeSteps } from './steps.ts';

export type Severity = 'critical' | 'warning' | 'info';

/** Thresholds by name, each with its unit in the name or said in the rule's `about`. */
export type Levels = Readonly<Record<string, number>>;

/** What was asked, what came back, and the limit it was held against. */
export interface Evidence {
  asked: string;
  answered: string;
  /** Empty where there is no number to hold it against. */
  limit: string;
}

/** What to do next: a command that only looks, run on the node or here, or a sentence. */
export type Next = { on: 'node' | 'here'; command: string } | { say: string };

/** One thing that a rule found wrong on the node it looked at. */
export interface Found {
  /** What is wrong: a mount, a unit, a peer. With rule and node it is the finding's identity, so it holds no number that moves. */
  subject: string;
  /** Where it differs from the rule's own. */
  severity?: Severity;
  /** A sentence of plain words: subject first, measured value, limit. */
  message: string;
  evidence: Evidence;
  next?: Next;
  /** Log lines that came with it, oldest first. */
  log?: readonly string[];
  /** The node it is really about: if that one does not answer, this follows from it. */
  about?: string;
  /** Another finding's rule and subject that explains this one, on the same node where none is named. */
  follows?: { rule: string; subject: string; node?: string };
  /** Must hold this long before it counts; in one shot it is shown as pending. */
  for_s?: number;
}

/** A thing wrong now, as every face shows it. */
export interface Finding {
  /** `subsystem/name`. */
  rule: string;
  severity: Severity;
  subsystem: string;
  /** A node's name, or `cluster`. */
  node: string;
  subject: string;
  message: string;
  evidence: Evidence;
  next: Next | null;
  log: readonly string[];
  state: 'firing' | 'pending' | 'muted';
  /** The sentence of the finding that this one follows from; null unless muted. */
  follows: string | null;
}

/** A rule's outcome on one node: what it found, or why it could not look. */
export interface Check {
  rule: string;
  node: string;
  outcome: 'pass' | 'fail' | 'skip';
  /** For skip: what was not known. */
  reason: string;
}

/** What a rule may know beside the section. */
export interface Context {
  node: NodeSnapshot;
  snapshot: Snapshot;
}

/** One section of one node, with where it is from. */
export interface NodeSection<T> extends Context {
  section: T;
}

/** A section in which the named fields are known. */
export type Known<T, K extends keyof T> = T & { readonly [P in K]: NonNullable<T[P]> };

interface RuleFacts<L extends Levels> {
  /** Within its subsystem; the id is `subsystem/name`. */
  name: string;
  severity: Severity;
  /** One sentence: what it tells people. */
  about: string;
  /** Where the levels come from, such as `Orama`. */
  source: string;
  levels: L;
  /** Levels that differ in profile orama. */
  orama?: Partial<L> & { severity?: Severity };
  next?: Next;
}

/** A rule that looks at one node at a time. */
export interface NodeRule<T, K extends keyof T, L extends Levels> extends RuleFacts<L> {
  /** Fields it cannot do without: while one is unknown, the check is a skip. */
  needs: readonly K[];
  find(section: Known<T, K>, levels: L, context: Context): readonly Found[];
}

/** Something found by comparing nodes, and on which of them it is. */
export type FoundAt = Found & { node: string };

/** A rule that compares nodes. It sees every node whose section is there, and names the node of each thing found. What takes long pauses. */
export interface FleetRule<T, L extends Levels> extends RuleFacts<L> {
  compare(fleet: readonly NodeSection<T>[], levels: L, snapshot: Snapshot): MaybeSteps<readonly FoundAt[]>;
}

/** A rule on one node as the registry holds it, whatever its section. */
export interface AnyNodeRule extends RuleFacts<Levels> {
  needs: readonly string[];
  find(section: never, levels: never, context: Context): readonly Found[];
}

/** A rule across the fleet as the registry holds it. */
export interface AnyFleetRule extends RuleFacts<Levels> {
  compare(fleet: never, levels: never, snapshot: Snapshot): MaybeSteps<readonly FoundAt[]>;
}

export type Rule = AnyNodeRule | AnyFleetRule;

/** A rule on one node's section: `rule<System>()({ name, needs, levels, find … })`. */
export function rule<T>() {
  return <K extends keyof T & string, L extends Levels>(definition: NodeRule<T, K, L>): Rule => definition;
}

/** A rule across the fleet: `fleetRule<Wireguard>()({ name, levels, compare … })`. */
export function fleetRule<T>() {
  return <L extends Levels>(definition: FleetRule<T, L>): Rule => definition;
}

/** The node of a finding that belongs to no single one. */
export const CLUSTER = 'cluster';
