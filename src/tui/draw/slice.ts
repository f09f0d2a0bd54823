import { beginning, cells } from '../../cli/render/cells.ts';
import { gap, type Line, own, type Span } from '../../cli/render/line.ts';

/** The cells of a line from one to another, exactly so many; a wide letter that is cut in two is a blank. */
export function sliced(line: Line, from: number, to: number): Line {
  const result: Span[] = [];
  let at = 0;
  let filled = from;
  for (const { text, ink } of line) {
    const end = at + cells(text);
    if (end > from && at < to) {
      const skipped = beginning(text, Math.max(0, from - at));
      const part = beginning(text.slice(skipped.length), to - Math.max(at, from));
      if (at + cells(skipped) < from && skipped !== '') result.push(gap(from - at - cells(skipped)));
      result.push(own(part, ink));
      filled = Math.max(at, from) + cells(part);
    }
    at = end;
  }
  return [...result, gap(to - filled)];
}
