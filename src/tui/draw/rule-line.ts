import { cells, cut } from '../../cli/render/cells.ts';
import { gap, type Line, own, span } from '../../cli/render/line.ts';
import { sign } from '../../cli/render/signs.ts';
import type { Frame } from '../look.ts';

/** `─ ns2 ───…`: a rule across the screen with the name of what follows. */
export function ruleLine({ terminal, columns }: Frame, title: string): Line {
  const rule = sign(terminal, '─');
  const text = cut(span(terminal, title).text, columns - 8, 'end', sign(terminal, '…'));
  return [own(rule, 'faint'), gap(1), own(text, 'strong'), gap(1), own(rule.repeat(Math.max(0, columns - 3 - cells(text))), 'faint')];
}
