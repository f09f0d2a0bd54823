import { CLUSTER, type Finding } from '../../core/rule.ts';
import type { NodeSnapshot } from '../../core/snapshot.ts';
import { ageInWords, count } from '../../core/units.ts';
import { textOf } from '../../core/view.ts';
import { followers } from '../../cli/monitor/mutes.ts';
import { sectionAt, summaryOf } from '../../cli/monitor/sections.ts';
import { findingCell } from '../../cli/monitor/status.ts';
import { clockTime } from '../../cli/render/clock-text.ts';
import { stepOf } from '../../cli/render/finding-lines.ts';
import { gap, type Line, lineCells, own, span, spanOf } from '../../cli/render/line.ts';
import { wrapped } from '../../cli/render/wrap.ts';
import { SUBSYSTEMS } from '../../subsystems/all.gen.ts';
import { identityOf } from '../alert-log.ts';
import { forText } from '../lists/alerts-list.ts';
import type { Frame, Look } from '../look.ts';
import { factLines, logLines } from './facts.ts';

/** Log lines that a preview shows; the log page has all. */
const LOG = 3;

/** What is known of a finding, without its sentence: since when, what was asked, what came back, the limit, and the last log lines. */
export function alertLines(look: Look, frame: Frame, finding: Finding): Line[] {
  const { asked, answered, limit } = finding.evidence;
  const { log } = finding;
  const more = log.length > LOG ? `the last ${LOG} lines, L shows ${count(log.length)}` : log.length > 0 ? 'as the machine wrote it' : '';
  return [
    ...factLines(frame, 'Since', since(look, frame, finding)),
    ...factLines(frame, 'Asked', asked),
    ...factLines(frame, 'Answered', answered),
    ...factLines(frame, 'Limit', limit),
    ...factLines(frame, 'Follows', finding.follows ?? ''),
    ...factLines(frame, 'Log', more, 'muted'),
    ...logLines(frame, log.slice(-LOG)),
  ];
}

function since({ log }: Look, { now_ms, utc }: Frame, finding: Finding): string {
  const life = log.life(finding);
  if (life === null) return '';
  const { time } = clockTime(life.since_ms, utc);
  const rounds = life.rounds === 1 ? 'in 1 round' : `in ${count(life.rounds)} rounds in a row`;
  const long = ageInWords(Math.max(0, (now_ms - life.since_ms) / 1000));
  return `${life.at_least ? `before ${time}` : time}, ${rounds}; ${life.at_least ? 'for at least ' : 'for '}${long}`;
}

/** The whole page of a finding: with its sentence, the next step, what it explains, and what was last known of its node. */
export function alertPage(look: Look, frame: Frame, finding: Finding): Line[][] {
  return [
    sentence(look, frame, finding),
    alertLines(look, frame, finding),
    nextLines(look, frame, finding),
    explains(look, frame, finding),
    lastKnown(look, frame, finding),
    history(look, frame, finding),
  ];
}

/** Where the sentence begins, as in every list. */
const TEXT_AT = 37;

function sentence(look: Look, frame: Frame, finding: Finding): Line[] {
  const { terminal, columns } = frame;
  const name = span(terminal, finding.node, 'strong');
  const status = spanOf(terminal, findingCell(finding));
  const age = spanOf(terminal, forText(look, finding, frame.now_ms));
  const begin: Line = [gap(2), name, gap(Math.max(2, 12 - lineCells([name]))), status];
  const aged: Line = [...begin, gap(Math.max(2, TEXT_AT - 2 - lineCells(begin) - lineCells([age]))), age];
  const [first = '', ...rest] = wrapped(span(terminal, finding.message).text, Math.max(20, columns - TEXT_AT - 2));
  return [
    [...aged, gap(Math.max(2, TEXT_AT - lineCells(aged))), own(first, 'strong')],
    ...rest.map((part): Line => [gap(TEXT_AT), own(part, 'strong')]),
  ];
}

/** What to do about it, whole. */
export function nextLines({ reach }: Look, frame: Frame, finding: Finding): Line[] {
  const next = stepOf(finding.next, reach.get(finding.node) ?? null);
  if (next === null) return [];
  return [
    ...factLines(frame, 'Next step', next.text, next.command ? 'strong' : 'plain'),
    ...(next.command ? factLines(frame, '', 'y copies it', 'muted') : []),
  ];
}

/** What a preview shows of it, as far as there is room. */
export function alertBrief(look: Look, frame: Frame, finding: Finding): Line[] {
  const further = [explains(look, frame, finding), lastKnown(look, frame, finding)].flatMap((part): Line[] =>
    part.length === 0 ? [] : [[], ...part],
  );
  return [...alertLines(look, frame, finding), ...further];
}

function explains(look: Look, frame: Frame, finding: Finding): Line[] {
  const following = followers(look.round.findings)(finding);
  if (following.length === 0) return [];
  const { terminal } = frame;
  const head: Line = [
    gap(2),
    own('Explains', 'strong'),
    own(` ${count(following.length)}`, 'muted'),
    gap(2),
    own('muted until this is over', 'muted'),
  ];
  const rows = following.map((each): Line => {
    const name = span(terminal, each.node);
    const status = spanOf(terminal, findingCell(each));
    return [
      gap(2),
      name,
      gap(Math.max(2, 12 - lineCells([name]))),
      status,
      gap(Math.max(2, 15 - lineCells([status]))),
      span(terminal, each.message),
    ];
  });
  return [head, ...rows];
}

/** Figures of a node that does not answer any more, as they were. */
function lastKnown(look: Look, frame: Frame, finding: Finding): Line[] {
  const now = look.round.snapshot.nodes.find(({ name }) => name === finding.node);
  const last = look.last.get(finding.node);
  if (finding.node === CLUSTER || now === undefined || now.report !== null || last === undefined) return [];
  const old = ageInWords(Math.max(0, (frame.now_ms - last.answered_at_ms) / 1000));
  return [[gap(2), own('Last known', 'strong'), own(` ${old} old`, 'muted')], ...summaries(look, frame, last)];
}

/** A line for each subsystem that the node's report tells of. */
export function summaries({ round }: Look, frame: Frame, node: NodeSnapshot): Line[] {
  return SUBSYSTEMS.flatMap((subsystem) => {
    const at = sectionAt(subsystem, node, round.snapshot);
    return at === null ? [] : factLines(frame, subsystem.title, textOf(summaryOf(subsystem, at)), 'muted');
  });
}

function history({ log, since_ms }: Look, frame: Frame, finding: Finding): Line[] {
  const own_changes = log.changes().filter(({ life }) => identityOf(life.finding) === identityOf(finding));
  if (own_changes.length === 0) return [];
  const { terminal, utc } = frame;
  const rows = own_changes.map(({ at_ms, kind, life }): Line => {
    const status = kind === 'began' ? spanOf(terminal, findingCell(life.finding)) : span(terminal, '✓ resolved', 'ok');
    return [
      gap(2),
      own(clockTime(at_ms, utc).time.slice(0, 5).padEnd(12), 'muted'),
      status,
      gap(15 - lineCells([status])),
      span(terminal, life.finding.message),
    ];
  });
  return [[gap(2), own('History', 'strong'), own(` seen since ${clockTime(since_ms, utc).time.slice(0, 5)}`, 'muted')], ...rows];
}
