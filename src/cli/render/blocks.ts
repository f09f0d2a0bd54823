import type { Block, Fact, Heading, Meter } from '../../core/view.ts';
import { percent } from '../../core/units.ts';
import { cells, cut } from './cells.ts';
import { gap, type Ink, type Line, own, span, spanOf } from './line.ts';
import { sign } from './signs.ts';
import { type TableOptions, tableLines } from './table.ts';
import type { Terminal } from './terminal.ts';
import { wrapped } from './wrap.ts';

const LABEL_LEAST = 10;
const LABEL_MOST = 24;
const BAR = 20;
/** A page is laid out for this many cells where no terminal says otherwise. */
const PAGE = 80;
/** Facts whose values fit in this many cells stand two in a line. */
const HALF = 28;

/** Two facts that stand in one line. */
type Pair = readonly [Fact, Fact];

/** Blocks of a page in lines, a blank one before each table and heading but the first. */
export function blockLines(terminal: Terminal, blocks: readonly Block[], options: TableOptions): Line[] {
  const label = labelWidth(terminal, blocks);
  return paired(terminal, blocks, label).flatMap((one, at, all) => {
    const before = all[at - 1];
    const apart = before !== undefined && standsApart(one, before);
    return [...(apart ? [[]] : []), ...linesOf(terminal, one, label, options)];
  });
}

function linesOf(terminal: Terminal, one: Block | Pair, label: number, options: TableOptions): Line[] {
  if (isPair(one)) return [pairLine(terminal, one, label)];
  switch (one.kind) {
    case 'table':
      return tableLines(terminal, one, options);
    case 'heading':
      return [headingLine(terminal, one)];
    case 'meter':
      return meterLines(terminal, one, label);
    default:
      return factLines(terminal, one, label);
  }
}

/** Facts that are short enough stand two in a line, where there is room for two. */
function paired(terminal: Terminal, blocks: readonly Block[], label: number): (Block | Pair)[] {
  if (2 * (label + 2 + HALF) > (terminal.width ?? PAGE)) return [...blocks];
  const short = (block: Block | undefined): block is Fact => block?.kind === 'fact' && cells(spanOf(terminal, block.value).text) <= HALF;
  const result: (Block | Pair)[] = [];
  for (const block of blocks) {
    const last = result.at(-1);
    if (last !== undefined && !isPair(last) && short(last) && short(block)) result.splice(-1, 1, [last, block]);
    else result.push(block);
  }
  return result;
}

function isPair(one: Block | Pair): one is Pair {
  return Array.isArray(one);
}

function standsApart(one: Block | Pair, before: Block | Pair): boolean {
  const kind = (each: Block | Pair) => (isPair(each) ? 'fact' : each.kind);
  return kind(before) !== 'heading' && (['table', 'heading'].includes(kind(one)) || kind(before) === 'table');
}

function labelWidth(terminal: Terminal, blocks: readonly Block[]): number {
  const labels = blocks.flatMap((block) => ('label' in block ? [cells(span(terminal, block.label).text)] : []));
  return Math.min(LABEL_MOST, Math.max(LABEL_LEAST, ...labels));
}

function labelSpans(terminal: Terminal, text: string, width: number): Line {
  const label = cut(span(terminal, text).text, width, 'middle', sign(terminal, '…'));
  return [own(label, 'muted'), gap(width - cells(label) + 2)];
}

function headingLine(terminal: Terminal, { title, text }: Heading): Line {
  return [span(terminal, title, 'strong'), ...(text === '' ? [] : [gap(1), span(terminal, text, 'muted')])];
}

const BAR_INKS: Partial<Record<Ink, Ink>> = { 'hot-crit': 'bar-crit', crit: 'bar-crit', 'hot-warn': 'bar-warn', warn: 'bar-warn' };

/** `Memory 61% ━━━──── 3.0 of 7.8 GiB available`. */
function meterLines(terminal: Terminal, { label, percent: value, role, text }: Meter, width: number): Line[] {
  const figure = value === null ? '?' : percent(value);
  const filled = value === null ? 0 : Math.min(BAR, Math.max(value > 0 ? 1 : 0, Math.round((value / 100) * BAR)));
  const begin: Line = [
    ...labelSpans(terminal, label, width),
    gap(4 - figure.length),
    own(figure, role),
    gap(2),
    own(sign(terminal, '━').repeat(filled), BAR_INKS[role] ?? 'muted'),
    own(sign(terminal, '─').repeat(BAR - filled), 'faint'),
    gap(2),
  ];
  const said = spanOf(terminal, text);
  return under(terminal, begin, width + 2 + 4 + 2 + BAR + 2, said);
}

function factLines(terminal: Terminal, { label, value }: Fact, width: number): Line[] {
  return under(terminal, labelSpans(terminal, label, width), width + 2, spanOf(terminal, value));
}

function under(terminal: Terminal, begin: Line, at: number, { text, ink }: { text: string; ink: Ink }): Line[] {
  return wrapped(text, terminal.width === null ? null : Math.max(16, terminal.width - at)).map((part, index) => [
    ...(index === 0 ? begin : [gap(at)]),
    own(part, ink),
  ]);
}

function pairLine(terminal: Terminal, [left, right]: Pair, width: number): Line {
  const value = spanOf(terminal, left.value);
  return [
    ...labelSpans(terminal, left.label, width),
    value,
    gap(HALF + 2 - cells(value.text)),
    ...labelSpans(terminal, right.label, width),
    spanOf(terminal, right.value),
  ];
}
