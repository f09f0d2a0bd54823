import { count, many } from '../../core/units.ts';
import { gap, type Line, lineCells, own, span } from '../render/line.ts';
import type { PageLine } from '../render/page.ts';
import type { Terminal } from '../render/terminal.ts';

/** The muted last line: what is left out, and the command that shows it; two lines where they do not fit in one. */
export function footLines(terminal: Terminal, muted: number, command: string): PageLine[] {
  const left: Line = muted === 0 ? [] : [own(`${followText(muted)} muted.`, 'muted')];
  const right: Line = [own('Evidence and next steps: ', 'muted'), span(terminal, command)];
  if (muted === 0) return [{ whole: right }];
  const fits = lineCells(left) + 2 + lineCells(right) <= (terminal.width ?? Number.POSITIVE_INFINITY);
  return fits ? [[...left, gap(2), ...right]] : [left, { whole: right }];
}

/** `6 more follow from these and are`. */
export function followText(muted: number): string {
  return muted === 1 ? '1 more follows from these and is' : `${count(muted)} more follow from these and are`;
}

/** `Nothing is wrong on the 5 nodes read.` */
export function calmLine(read: number, complete: boolean): Line {
  const where = read === 1 ? 'the node' : `the ${many(read, 'node')}`;
  return [own(complete ? `Nothing is wrong on ${where} read.` : `Nothing wrong was found in what was read of ${where}.`)];
}
