import { count, many } from '../../core/units.ts';
import { gap, type Line, own, type Span, span } from '../render/line.ts';
import type { Terminal } from '../render/terminal.ts';

/** The muted last line: what is left out, and the command that shows it. */
export function footLine(terminal: Terminal, muted: number, label: string, command: string): Line {
  const left: Span[] = muted === 0 ? [] : [own(`${followText(muted)} muted.`, 'muted'), gap(2)];
  return [...left, own(`${label} `, 'muted'), span(terminal, command)];
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
