import { FAULT } from './ask.ts';
import {
  type AnyFleetRule,
  type AnyNodeRule,
  type Check,
  CLUSTER,
  type Context,
  type Finding,
  type Found,
  type NodeSection,
  type Rule,
  type Severity,
} from './rule.ts';
import { type Effective, effective, fits, type RuleSetting } from './settings.ts';
import type { NodeSnapshot, Snapshot } from './snapshot.ts';
import { asSteps, atOnce, type Steps } from './steps.ts';

/** A name with its rules: a subsystem, or what concerns the fleet as such. */
export interface Watched {
  name: string;
  rules: readonly Rule[];
}

export interface Evaluation {
  /** Worst first, then by node, rule and subject: the same snapshot always gives the same order. */
  findings: readonly Finding[];
  checks: readonly Check[];
}

/** Where a node that gave no report is found: what follows from its silence is muted under this rule. */
const UNREACHABLE = 'ssh/unreachable';

/** Holds all rules against the snapshot. Pure; a rule that throws is a skip that says so. */
export function evaluate(snapshot: Snapshot, watched: readonly Watched[], settings: readonly RuleSetting[]): Evaluation {
  return atOnce(evaluating(snapshot, watched, settings));
}

/** The same with a pause after each rule, and within those that look at many nodes. */
export function* evaluating(snapshot: Snapshot, watched: readonly Watched[], settings: readonly RuleSetting[]): Steps<Evaluation> {
  const checks: Check[] = [];
  const found: Raw[] = [];
  for (const { name, rules } of watched) {
    for (const rule of rules) {
      const own = { subsystem: name, id: `${name}/${rule.name}`, rule };
      const [looked, raised] =
        'compare' in rule ? yield* compared({ ...own, rule }, snapshot, settings) : yield* perNode({ ...own, rule }, snapshot, settings);
      checks.push(...looked);
      found.push(...raised);
      yield;
    }
  }
  return { findings: muted(found).sort(worstFirst), checks };
}

interface Raw extends Found {
  rule: string;
  severity: Severity;
  subsystem: string;
  node: string;
  offered: Found['next'];
}

type Outcome = [checks: Check[], found: Raw[]];

/** A rule by its id. */
interface Named<R extends Rule = Rule> {
  subsystem: string;
  id: string;
  rule: R;
}

/** Looks once with the given levels; the rule's own function with all else it needs already given. */
type Look = (levels: Effective['levels']) => readonly Found[];

/** So many nodes are looked at without a pause. */
const NODES = 16;

function* perNode(named: Named<AnyNodeRule>, snapshot: Snapshot, settings: readonly RuleSetting[]): Steps<Outcome> {
  const [checks, found]: Outcome = [[], []];
  for (const [at, node] of snapshot.nodes.entries()) {
    const [own, raised] = onNode(named, { node, snapshot }, settings);
    checks.push(...own);
    found.push(...raised);
    if (at % NODES === NODES - 1) yield;
  }
  return [checks, found];
}

function onNode(named: Named<AnyNodeRule>, { node, snapshot }: Context, settings: readonly RuleSetting[]): Outcome {
  const { subsystem: name, id, rule } = named;
  const state = node.report?.states[name];
  if (node.report === null || state === undefined || state === 'absent') return [[], []];
  const section = node.report[name] as Record<string, unknown> | null;
  const missing = section === null ? name : rule.needs.find((field) => (section[field] ?? null) === null);
  if (missing !== undefined) return [[skip(id, node.name, reasonFor(node, name, missing))], []];
  const look: Look = (levels) => rule.find(section as never, levels as never, { node, snapshot } satisfies Context);
  return looked(named, node, settings, look);
}

function* compared(named: Named<AnyFleetRule>, snapshot: Snapshot, settings: readonly RuleSetting[]): Steps<Outcome> {
  const fleet: NodeSection<unknown>[] = snapshot.nodes.flatMap((node) => {
    const section = node.report?.[named.subsystem] ?? null;
    return section === null ? [] : [{ node, snapshot, section }];
  });
  const compare = (levels: Effective['levels']) => asSteps(named.rule.compare(fleet as never, levels as never, snapshot));
  const { off, levels } = effective(named.id, named.rule, null, general(settings));
  const first = off ? null : yield* tried(() => compare(levels));
  const key = JSON.stringify(levels);
  return looked(named, null, settings, (wanted) => (first !== null && JSON.stringify(wanted) === key ? first() : atOnce(compare(wanted))));
}

/** What came of it, or what it threw, for whoever asks. */
function* tried<T>(work: () => Steps<T>): Steps<() => T> {
  try {
    const value = yield* work();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** Those that concern no single subject. */
function general(settings: readonly RuleSetting[]): readonly RuleSetting[] {
  return settings.length === 0 ? settings : settings.filter(({ subject }) => subject === undefined);
}

/** Looks with the levels that hold here, and once more for each setting that concerns a subject; the last that fits a subject wins. */
function looked(named: Named, node: NodeSnapshot | null, settings: readonly RuleSetting[], look: Look): Outcome {
  const { id, rule } = named;
  const where = node?.name ?? CLUSTER;
  const plain = general(settings);
  const own = settings.filter((setting) => setting.subject !== undefined && fits(setting.rule, id));
  const raise = (held: Effective, wanted: (subject: string) => boolean) =>
    held.off
      ? []
      : look(held.levels)
          .filter(({ subject }) => wanted(subject))
          .map((found) => raw(named, where, held, found));
  const concerns = (setting: RuleSetting, subject: string) => fits(setting.subject ?? '*', subject);

  const held = effective(id, rule, node, plain);
  try {
    const found = [
      ...raise(held, (subject) => !own.some((setting) => concerns(setting, subject))),
      ...own.flatMap((setting, at) =>
        raise(
          effective(id, rule, node, [...plain, setting]),
          (subject) => concerns(setting, subject) && !own.slice(at + 1).some((later) => concerns(later, subject)),
        ),
      ),
    ];
    if (held.off && found.length === 0) return [[], []];
    return [[{ rule: id, node: where, outcome: found.length === 0 ? 'pass' : 'fail', reason: '' }], found];
  } catch (error) {
    return [[skip(id, where, `${FAULT}: ${error instanceof Error ? error.message : String(error)}`)], []];
  }
}

function raw({ subsystem, id, rule: { severity, next } }: Named, node: string, held: Effective, found: Found): Raw {
  const at = (found as { node?: string }).node ?? node;
  return { ...found, rule: id, subsystem, node: at, severity: held.severity ?? found.severity ?? severity, offered: found.next ?? next };
}

function muted(found: readonly Raw[]): Finding[] {
  const parentOf = parents(found);
  return found.map((each) => {
    const parent = parentOf(each);
    return {
      rule: each.rule,
      severity: each.severity,
      subsystem: each.subsystem,
      node: each.node,
      subject: each.subject,
      message: each.message,
      evidence: each.evidence,
      next: each.offered ?? null,
      log: each.log ?? [],
      state: parent !== undefined ? 'muted' : each.for_s !== undefined ? 'pending' : 'firing',
      follows: parent === undefined ? null : `${parent.node}: ${parent.message}`,
    };
  });
}

/** Finds what explains a finding: the silence of the node that it is about, else the finding that it says it follows from. */
function parents(found: readonly Raw[]): (child: Raw) => Raw | undefined {
  const silent = new Map(found.filter(({ rule }) => rule === UNREACHABLE).map((each) => [each.node, each]));
  const key = (node: string, rule: string, subject: string) => [node, rule, subject].join('\0');
  const named = new Map(found.map((each) => [key(each.node, each.rule, each.subject), each]));
  return (child) => {
    const { about, follows } = child;
    const silence = about === undefined ? undefined : silent.get(about);
    const cause = follows === undefined ? undefined : named.get(key(follows.node ?? child.node, follows.rule, follows.subject));
    return [silence, cause].find((each) => each !== undefined && each !== child);
  };
}

function skip(rule: string, node: string, reason: string): Check {
  return { rule, node, outcome: 'skip', reason };
}

function reasonFor(node: NodeSnapshot, name: string, field: string): string {
  const path = field === name ? name : `${name}.${field}`;
  return node.report?.unknown.find((entry) => entry.path === path)?.reason ?? `${path} is not known`;
}

const RANK: Record<Severity, number> = { critical: 0, warning: 1, info: 2 };

/** Orders findings for people: worst first, then by node, rule and subject. */
function worstFirst(a: Finding, b: Finding): number {
  return (
    RANK[a.severity] - RANK[b.severity] || compareText(a.node, b.node) || compareText(a.rule, b.rule) || compareText(a.subject, b.subject)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
