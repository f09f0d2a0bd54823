import type { Finding, Next } from '../../core/rule.ts';
import type { Cell } from '../../core/view.ts';
import { cells } from './cells.ts';
import { gap, type Ink, type Line, lineCells, own, span, spanOf } from './line.ts';
import type { Edged, PageLine } from './page.ts';
import type { Terminal } from './terminal.ts';
import { wrapped } from './wrap.ts';

/** Where the sentences of a block begin, as in every list: name, status, text. */
const TEXT_AT = 27;
const NAME = 10;
/** Without a terminal the rule's name stands behind a sentence of at most this many cells. */
const ROOM = 120;

/** A next step: a command as it is typed where ward runs, or a sentence. */
export interface Step {
  text: string;
  command: boolean;
}

/** One finding as a block. */
export interface FindingBlock {
  /** The node, or the subsystem on a page of one node. */
  name: Cell;
  status: Cell;
  finding: Pick<Finding, 'rule' | 'message' | 'severity' | 'state' | 'evidence' | 'log' | 'follows'>;
  /** What follows from this finding and is muted; empty for none. */
  mutes: string;
  next: Step | null;
}

/** Sentence, evidence, log, what it mutes and the next step; `brief` keeps the sentence and the next step. */
export function findingLines(terminal: Terminal, block: FindingBlock, brief: boolean): PageLine[] {
  const { finding, mutes, next } = block;
  const sentence = sentenceLines(terminal, block);
  const step = stepLines(terminal, next);
  if (brief) return [...sentence, ...step];
  const evidence = under(terminal, evidenceText(finding), 'muted');
  const log = finding.log.flatMap((text, at) => labelled(terminal, [at === 0 ? 'log' : '', 'muted'], text, 'plain'));
  const rule = span(terminal, finding.rule, 'muted');
  const why = finding.follows === null ? [] : labelled(terminal, ['follows', 'muted'], finding.follows, 'muted');
  return [
    ...withRule(terminal, [...sentence, ...evidence], [rule]),
    ...log,
    ...why,
    ...labelled(terminal, ['mutes', 'muted'], mutes, 'muted'),
    ...step,
  ];
}

function sentenceLines(terminal: Terminal, { name, status, finding }: FindingBlock): Line[] {
  const [who, how] = [spanOf(terminal, name), spanOf(terminal, status)];
  const begin: Line = [who, gap(Math.max(NAME - cells(who.text), 0) + 2), how];
  const critical = finding.severity === 'critical' && finding.state === 'firing';
  const [first = '', ...rest] = wrapped(span(terminal, finding.message).text, textWidth(terminal));
  const ink: Ink = critical ? 'strong' : 'plain';
  return [
    [...begin, gap(Math.max(TEXT_AT - lineCells(begin), 2)), own(first, ink)],
    ...rest.map((part): Line => [gap(TEXT_AT), own(part, ink)]),
  ];
}

/** `statfs /: 91% used, inodes 24%. Limit: warning above 85%, critical above 90%.` */
function evidenceText({ evidence: { asked, answered, limit } }: FindingBlock['finding']): string {
  const seen = [asked, answered].filter((part) => part !== '').join(': ');
  return [seen, limit === '' ? '' : `limit: ${limit}`].filter((part) => part !== '').join('; ');
}

function labelled(terminal: Terminal, [label, ink]: readonly [string, Ink], text: string, textInk: Ink): Line[] {
  if (text === '') return [];
  return under(terminal, text, textInk).map((line, at) =>
    at > 0 ? line : [gap(TEXT_AT - 2 - label.length), own(label, ink), gap(2), ...line.slice(1)],
  );
}

function stepLines(terminal: Terminal, step: Step | null): PageLine[] {
  if (step === null) return [];
  const label = ['next', 'accent'] as const;
  if (!step.command) return labelled(terminal, label, step.text, 'plain');
  return labelled({ ...terminal, width: null }, label, step.text, 'plain').map((whole) => ({ whole }));
}

function under(terminal: Terminal, text: string, ink: Ink): Line[] {
  if (text === '') return [];
  return wrapped(span(terminal, text).text, textWidth(terminal)).map((part) => [gap(TEXT_AT), own(part, ink)]);
}

function textWidth({ width }: Terminal): number | null {
  return width === null ? null : Math.max(20, width - TEXT_AT);
}

/** The rule's name at the right edge of the first line that has room for it, else on one of its own. */
function withRule({ width }: Terminal, lines: readonly Line[], rule: Line): PageLine[] {
  const room = (width ?? ROOM) - 2 - lineCells(rule);
  const at = lines.findIndex((line) => lineCells(line) <= room);
  if (at === -1) return [...lines, { left: [], right: rule }];
  return lines.map((line, index): Line | Edged => (index === at ? { left: line, right: rule } : line));
}

/** The next step as one types it here: what runs on a node goes through ssh, unless this machine is that node. */
export function stepOf(next: Next | null, reach: string | null): Step | null {
  if (next === null) return null;
  if ('say' in next) return { text: next.say, command: false };
  return { text: next.on === 'node' && reach !== null ? `ssh ${reach} ${remote(next.command)}` : next.command, command: true };
}

/** What the shell here would take for its own is quoted; a pipe may run here as well as there. */
function remote(command: string): string {
  return /^[\w@%+=:,./| -]+$/.test(command) ? command : `'${command.replaceAll("'", String.raw`'\''`)}'`;
}
