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

/** Blocks of a page in lines, a blank one before each table and heading but the first. */
export function blockLines(terminal: Terminal, blocks: readonly Block[], options: TableOptions): Line[] {
  const label = labelWidth(terminal, blocks);
  const lines: Line[] = [];
  for (let at = 0; at < blocks.length; at += 1) {
    const block = blocks[at];
    if (block === undefined) break;
    if (at > 0 && standsApart(block, blocks[at - 1])) lines.push([]);
    if (block.kind === 'table') lines.push(...tableLines(terminal, block, options));
    else if (block.kind === 'heading') lines.push(headingLine(terminal, block));
    else if (block.kind === 'meter') lines.push(...meterLines(terminal, block, label));
    else {
      const next = blocks[at + 1];
      const pair = next?.kind === 'fact' && isShort(terminal, block) && isShort(terminal, next) && fitsTwice(terminal, label);
      lines.push(...(pair ? [pairLine(terminal, block, next, label)] : factLines(terminal, block, label)));
      if (pair) at += 1;
    }
  }
  return lines;
}

function standsApart(block: Block, before: Block | undefined): boolean {
  return before?.kind !== 'heading' && (block.kind === 'table' || block.kind === 'heading' || before?.kind === 'table');
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

function isShort(terminal: Terminal, { value }: Fact): boolean {
  return cells(spanOf(terminal, value).text) <= HALF;
}

function fitsTwice({ width }: Terminal, label: number): boolean {
  return 2 * (label + 2 + HALF) <= (width ?? PAGE);
}

function pairLine(terminal: Terminal, left: Fact, right: Fact, width: number): Line {
  const value = spanOf(terminal, left.value);
  return [
    ...labelSpans(terminal, left.label, width),
    value,
    gap(HALF + 2 - cells(value.text)),
    ...labelSpans(terminal, right.label, width),
    spanOf(terminal, right.value),
  ];
}
