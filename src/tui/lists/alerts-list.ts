import { CLUSTER, type Finding } from '../../core/rule.ts';
import { age } from '../../core/units.ts';
import type { Cell, Column, Role } from '../../core/view.ts';
import { followers } from '../../cli/monitor/mutes.ts';
import { shownFindings } from '../../cli/monitor/round.ts';
import { findingCell } from '../../cli/monitor/status.ts';
import { stepOf } from '../../cli/render/finding-lines.ts';
import { identityOf } from '../alert-log.ts';
import type { Look } from '../look.ts';
import { type Entry, type List, withCells } from './list.ts';

const COLUMNS: readonly Column[] = [
  { title: 'Alerts', min: 8, max: 24, priority: 1 },
  { title: 'STATUS', min: 13, max: 13, priority: 1 },
  { title: 'FOR', min: 6, align: 'right', priority: 3 },
  { title: 'WHAT', min: 40, priority: 1 },
];
const STEP: Column = { title: 'NEXT STEP', min: 30, max: 60, priority: 5 };
const RULE: Column = { title: 'RULE', min: 12, max: 24, align: 'right', priority: 4 };

/** Which parts of the alerts are listed. */
export interface AlertsShown {
  /** What follows from an alert, under it. */
  following: boolean;
  /** Parents whose followers are folded away. */
  folded: ReadonlySet<string>;
  /** The next step in a column of its own. */
  steps: boolean;
}

/** What is wrong now, worst and newest first. */
export function alertsList(look: Look, { following, folded, steps }: AlertsShown): List {
  const { round } = look;
  const findings = shownFindings(round).filter(({ state }) => state !== 'muted');
  const sorted = newestFirst(look, findings);
  const children = followers(round.findings);
  const muted = round.findings.filter(({ state }) => state === 'muted').length;
  const entries = sorted.flatMap((finding) => {
    const identity = identityOf(finding);
    const under = following && !folded.has(identity) ? children(finding) : [];
    const child = (at: number) => ({ parent: identity, last: at === under.length - 1 });
    return [entry(look, finding, steps, null), ...under.map((each, at) => entry(look, each, steps, child(at)))];
  });
  const more = following || muted === 0 ? '' : `; ${muted} more ${muted === 1 ? 'follows' : 'follow'} from these`;
  return {
    id: 'alerts',
    columns: steps ? [...COLUMNS, STEP, RULE] : [...COLUMNS, RULE],
    count: String(findings.length),
    remark: findings.length === 0 ? '' : `worst and newest first${more}`,
    entries,
    empty: calm(look),
    note: '',
  };
}

const RANK = { critical: 0, warning: 1, info: 2 };

function newestFirst({ log }: Look, findings: readonly Finding[]): Finding[] {
  const placed = findings.map((finding) => ({
    finding,
    rank: RANK[finding.severity] + (finding.state === 'pending' ? 3 : 0),
    since_ms: log.life(finding)?.since_ms ?? 0,
  }));
  return placed.sort((a, b) => a.rank - b.rank || b.since_ms - a.since_ms).map(({ finding }) => finding);
}

/** Where an entry stands under another one. */
interface Under {
  parent: string;
  last: boolean;
}

function entry(look: Look, finding: Finding, steps: boolean, under: Under | null): Entry {
  const { node, state, severity, rule } = finding;
  const identity = identityOf(finding);
  const base = {
    key: `alert\0${identity}`,
    node: node === CLUSTER ? null : node,
    finding,
    problem: state === 'firing' && severity !== 'info',
    open: { kind: 'alert', identity } as const,
    ...(under === null ? {} : { under: `alert\0${under.parent}` }),
  };
  return withCells(base, () => [
    under === null
      ? { text: node, role: look.reach.has(node) ? 'strong' : 'plain' }
      : { text: `${under.last ? ' └ ' : ' ├ '}${node}`, role: 'muted' },
    findingCell(finding),
    (now_ms) => forText(look, finding, now_ms),
    { text: finding.message, role: roleOf(finding) },
    ...(steps ? [stepCell(look, finding)] : []),
    { text: rule, role: 'muted' },
  ]);
}

function roleOf({ severity, state }: Finding): Role {
  if (state === 'muted') return 'muted';
  return severity === 'critical' && state === 'firing' ? 'strong' : 'plain';
}

function stepCell({ reach }: Look, { next, node }: Finding): Cell {
  const step = stepOf(next, reach.get(node) ?? null);
  return { text: step?.text ?? '', role: step?.command === true ? 'plain' : 'muted' };
}

/** How long the finding has been seen; `≥` where it was there before the screen was. */
export function forText({ log }: Look, finding: Finding, now_ms: number): Cell {
  const life = log.life(finding);
  if (life === null) return '';
  return `${life.at_least ? '≥' : ''}${age(Math.max(0, (now_ms - life.since_ms) / 1000))}`;
}

function calm({ round, progress }: Look): string[] {
  const comes = (name: string) => progress.first && progress.waiting.has(name);
  const read = round.snapshot.nodes.filter(({ report, name }) => report !== null && !comes(name)).length;
  const where = read === 1 ? 'the node' : `the ${read} nodes`;
  if (progress.first) return [`None so far on ${where} read. Rules that compare nodes run once all have answered or run out of time.`];
  return [read === 0 ? 'No node was read, so nothing can be said.' : `Nothing is wrong on ${where} read.`];
}
