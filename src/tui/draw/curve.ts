import { type Cell, textOf } from '../../core/view.ts';
import type { Curve } from '../../core/subsystem.ts';
import { type Ink, type Line, own, type Span } from '../../cli/render/line.ts';
import { sign } from '../../cli/render/signs.ts';
import type { Terminal } from '../../cli/render/terminal.ts';
import type { Values } from '../curves.ts';

const STEPS = '▁▂▃▄▅▆▇█';
const ASCII_STEPS = '_.-:=+*#';

/** The newest values at the right, each cell in the colour of its own value; a dot is a round without an answer. */
export function curveLine(
  { ascii }: Terminal,
  { top, warning, critical }: Curve<never>,
  { values, width, stale }: { values: Values; width: number; stale: boolean },
): Line {
  const steps = ascii ? ASCII_STEPS : STEPS;
  const inkOf = (value: number): Ink => {
    if (stale) return 'faint';
    return critical !== null && value > critical ? 'bar-crit' : value > warning ? 'bar-warn' : 'bar';
  };
  const spans = values.slice(-width).map((value): Span => {
    if (value === null) return own(ascii ? ' ' : '·', 'faint');
    const at = Math.min(steps.length - 1, Math.max(0, Math.floor((value / top) * steps.length)));
    return own(steps[at] ?? ' ', inkOf(value));
  });
  return joined([own(' '.repeat(Math.max(0, width - spans.length))), ...spans]);
}

/** The share that the cell's figure tells, as a bar. */
export function barLine(terminal: Terminal, { cell, width, stale }: { cell: Cell; width: number; stale: boolean }): Line {
  const share = Number.parseFloat(textOf(cell));
  if (Number.isNaN(share)) return [own(' '.repeat(width))];
  const full = Math.min(width, Math.max(share > 0 ? 1 : 0, Math.round((share / 100) * width)));
  const role = typeof cell === 'string' ? 'plain' : cell.role;
  const ink: Ink = stale ? 'faint' : role === 'hot-crit' ? 'bar-crit' : role === 'hot-warn' ? 'bar-warn' : 'bar';
  return [own(sign(terminal, '━').repeat(full), ink), own(sign(terminal, '─').repeat(width - full), 'faint')];
}

function joined(spans: readonly Span[]): Line {
  const line: Span[] = [];
  for (const { text, ink } of spans) {
    const last = line.at(-1);
    if (last?.ink === ink) line[line.length - 1] = own(last.text + text, ink);
    else if (text !== '') line.push(own(text, ink));
  }
  return line;
}
