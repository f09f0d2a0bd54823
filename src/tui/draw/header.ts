import { age, ageInWords, count, many } from '../../core/units.ts';
import { clockTime } from '../../cli/render/clock-text.ts';
import { gap, type Line, lineCells, own, type Span, span } from '../../cli/render/line.ts';
import { verdictLine } from '../../cli/render/verdict.ts';
import { verdictOf } from '../../cli/monitor/tally.ts';
import { shownNodes } from '../../cli/monitor/round.ts';
import { type Frame, type Look, NARROW } from '../look.ts';
import { onceFor } from '../../core/once-for.ts';

const SPINNER = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const ASCII_SPINNER = '-\\|/';
/** Steps a second. */
const STEPS = 8;

/** The sign that something goes on. */
function spinner({ terminal, now_ms }: Frame): string {
  const steps = terminal.ascii ? ASCII_SPINNER : SPINNER;
  return steps[Math.floor((now_ms / 1000) * STEPS) % steps.length] ?? ' ';
}

const verdictIn = onceFor(verdictOf);

/** The first line: how bad it is; which fleet, who answered, how old that is, and the time. */
export function headerLine(look: Look, frame: Frame): Line {
  const left = verdict(look, frame);
  // A badge brings a blank of its own.
  const gutter = left[0]?.ink.startsWith('badge') === true && frame.terminal.colours === 'colour' ? 1 : 2;
  const room = frame.columns - gutter - 2 - lineCells(left);
  const lines = [() => full(look, frame, true), () => full(look, frame, false), () => short(look, frame), () => [clock(frame, 5)]];
  const right = fitting(lines, room - 2);
  return [gap(gutter), ...left, gap(room - lineCells(right)), ...right];
}

/** The first that fits; those behind it are not even drawn. */
function fitting(lines: readonly (() => Line)[], room: number): Line {
  for (const draw of lines) {
    const line = draw();
    if (lineCells(line) <= room) return line;
  }
  return [];
}

function verdict(look: Look, frame: Frame): Line {
  const { terminal } = frame;
  const { progress } = look;
  if (!progress.first) return verdictLine(terminal, verdictIn(look.round));
  const nodes = shownNodes(look.round);
  const come = nodes.length - progress.waiting.size;
  const text = `${spinner(frame)} reading`;
  const badge = own(terminal.colours === 'colour' ? ` ${text} ` : text, 'badge-accent');
  return [badge, gap(2), own(`${count(come)} of ${many(nodes.length, 'node')} answered, ${count(progress.waiting.size)} to come`)];
}

function full(look: Look, frame: Frame, next: boolean): Line {
  return [
    ...place(look, frame),
    gap(2),
    ...answered(look, ' answered'),
    gap(2),
    ...reading(look, frame, next),
    gap(2),
    clock(frame, 8),
    gap(1),
    zone(frame),
  ];
}

function short(look: Look, frame: Frame): Line {
  const { snapshot } = look.round;
  const old = own(`${age(Math.max(0, (frame.now_ms - snapshot.taken_at_ms) / 1000))} old`);
  const narrow = frame.columns < NARROW;
  return [...place(look, frame), gap(2), ...answered(look, narrow ? '' : ' answered'), gap(2), old, gap(2), clock(frame, 5)];
}

function place({ round }: Look, { terminal }: Frame): Line {
  const { environment, nodes } = round.snapshot;
  const [only] = nodes;
  const text = environment ?? (nodes.length === 1 && only?.host === null ? only.name : '');
  return text === '' ? [] : [span(terminal, text, 'muted')];
}

const thereIn = onceFor(
  ({ round, progress }: Look) =>
    shownNodes(round).filter(({ report, name }) => report !== null && !(progress.first && progress.waiting.has(name))).length,
);

function answered(look: Look, word: string): Line {
  const nodes = shownNodes(look.round);
  const there = thereIn(look);
  if (nodes.length === 1 && nodes[0]?.host === null) return [own('this machine')];
  return [own(`${count(there)} of ${many(nodes.length, 'node')}${word}`)];
}

/** `read 12 s ago, next in 18 s`. */
function reading(look: Look, frame: Frame, next: boolean): Line {
  const { begun_ms, next_ms, failed, first } = look.progress;
  const seconds = (ms: number) => Math.max(0, Math.round(ms / 1000));
  if (first) return [own(`${seconds(frame.now_ms - (begun_ms ?? frame.now_ms))} s`)];
  const { taken_at_ms } = look.round.snapshot;
  if (failed !== '') return [span(frame.terminal, `round failed, showing ${clockTime(taken_at_ms, frame.utc).time}`, 'warn')];
  const ago = [own('read ', 'muted'), own(ageInWords(seconds(frame.now_ms - taken_at_ms))), own(' ago', 'muted')];
  if (begun_ms !== null) return [own(`${spinner(frame)} `, 'accent'), ...ago];
  if (!next) return ago;
  return next_ms === null
    ? [...ago, own(', recorded', 'muted')]
    : [...ago, own(', next in ', 'muted'), own(`${seconds(next_ms - frame.now_ms)} s`)];
}

function clock({ now_ms, utc }: Frame, letters: number): Span {
  return own(clockTime(now_ms, utc).time.slice(0, letters));
}

function zone({ now_ms, utc }: Frame): Span {
  return own(clockTime(now_ms, utc).zone, 'muted');
}
