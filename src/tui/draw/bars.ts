import type { Step } from '../../cli/render/finding-lines.ts';
import { cells, cut } from '../../cli/render/cells.ts';
import { gap, type Line, lineCells, own, type Span, span } from '../../cli/render/line.ts';
import { sign } from '../../cli/render/signs.ts';
import type { Offer } from '../command.ts';
import { KEY_TABLE, type Needs } from '../key-table.ts';
import { type Frame, NARROW } from '../look.ts';

/** `Next step   ssh ns2 …`: what to do about the selected row; empty for nothing. */
export function stepLine({ terminal, columns }: Frame, step: Step | null): Line {
  if (step === null) return [];
  const label = columns < NARROW ? 'Next step ' : 'Next step   ';
  const text = cut(span(terminal, step.text).text, columns - 4 - cells(label), 'end', sign(terminal, '…'));
  return [gap(2), own(label, 'muted'), own(text, step.command ? 'strong' : 'plain')];
}

/** The keys that do something now, most useful first; help and quit always last and never left out. */
export function keyBar({ terminal, columns }: Frame, has: ReadonlySet<Needs>): Line {
  const narrow = columns < NARROW;
  const keys = KEY_TABLE.flatMap(({ label, bar }) =>
    bar !== undefined && (bar.needs === 'nothing' || has.has(bar.needs)) ? [{ label, bar }] : [],
  );
  const sorted = keys.sort((a, b) => a.bar.rank - b.bar.rank);
  const spans = sorted.map(
    ({ label, bar }): Line => [span(terminal, label.split(' ')[0] ?? '', 'accent'), own(` ${narrow ? bar.short : bar.words}`, 'muted')],
  );
  const between = narrow ? 2 : 3;
  const width = (lines: readonly Line[]) => lines.reduce((sum, line) => sum + lineCells(line) + between, 0);
  const last = spans.slice(-2);
  const first = spans.slice(0, -2);
  while (first.length > 0 && width([...first, ...last]) > columns - 2) first.pop();
  return [gap(2), ...[...first, ...last].flatMap((line, at) => [gap(at === 0 ? 0 : between), ...line])];
}

/** While a filter is typed, or once it is kept. */
export function filterBar(frame: Frame, filter: string, found: string): Line {
  const text = span(frame.terminal, `/${filter}`).text;
  const left: Line = [mode(frame, 'filter'), gap(1), own(text, 'strong'), own(frame.terminal.ascii ? '_' : '▏', 'accent')];
  return edged(frame, left, [
    own(found, 'muted'),
    gap(3),
    ...key('Enter', 'keep'),
    gap(3),
    ...key('Esc', 'clear'),
    gap(3),
    ...key('/!', 'exclude'),
  ]);
}

/** While a command is typed, with what Tab would add. */
export function commandBar(frame: Frame, typed: string, [best]: readonly Offer[]): Line {
  const rest = best === undefined || typed === '' ? '' : best.text.slice(typed.length);
  const left: Line = [mode(frame, 'command'), gap(1), span(frame.terminal, `:${typed}`, 'strong'), span(frame.terminal, rest, 'faint')];
  return edged(frame, left, [...key('Tab', 'complete'), gap(3), ...key('Enter', 'run'), gap(3), ...key('Esc', 'leave')]);
}

/** A sentence in place of the key bar. */
export function saidLine({ terminal }: Frame, sentence: string): Line {
  return [gap(2), span(terminal, sentence, 'warn')];
}

function mode({ terminal }: Frame, word: string): Span {
  return own(terminal.colours === 'colour' ? ` ${word} ` : ` ${word}`, 'badge-accent');
}

function key(name: string, words: string): Line {
  return [own(name, 'accent'), own(` ${words}`, 'muted')];
}

function edged({ columns }: Frame, left: Line, right: Line): Line {
  const blanks = columns - 3 - lineCells(left) - lineCells(right);
  return [gap(1), ...left, ...(blanks < 2 ? [] : [gap(blanks), ...right])];
}

/** Rows of the list above the command bar: what could be meant. */
export function offerLines(frame: Frame, offers: readonly Offer[]): Line[] {
  const { terminal } = frame;
  const shown = offers.slice(0, 6);
  if (shown.length === 0) return [];
  const wide = Math.min(frame.columns - 6, 60);
  const corner = (glyph: string) => (terminal.ascii ? '+' : glyph);
  const rule = sign(terminal, '─').repeat(wide);
  const side = own(sign(terminal, '│'), 'muted');
  const rows = shown.map(({ text, about }, at): Line => {
    const name = own(cut(span(terminal, `:${text}`).text, wide - 18, 'middle', sign(terminal, '…')), at === 0 ? 'strong' : 'plain');
    const told = span(terminal, about.slice(0, 30), 'muted');
    const line: Line = [gap(1), name, gap(Math.max(2, 24 - lineCells([name]))), told];
    return [side, ...line, gap(wide - lineCells(line)), side];
  });
  return [[own(`${corner('╭')}${rule}${corner('╮')}`, 'muted')], ...rows, [own(`${corner('╰')}${rule}${corner('╯')}`, 'muted')]];
}
