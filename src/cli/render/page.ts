import { beginning, cells } from './cells.ts';
import { HANGING } from './wrap.ts';
import { gap, type Line, lineCells, own, type Span } from './line.ts';
import { paint } from './paint.ts';
import type { Terminal } from './terminal.ts';

/** A line with a part that stands at the right edge, where there is room for it. */
export interface Edged {
  left: Line;
  right: Line;
}

/** A line that is not broken, however long, so that the command in it can be copied; the terminal breaks it without a trace. */
export interface Whole {
  whole: Line;
}

export type PageLine = Line | Edged | Whole;

/** What a command prints: parts with a blank line between them. */
export type Page = readonly (readonly PageLine[])[];

/** As wide as a page is without a terminal, unless its content is wider. */
const LEAST = 80;
const MOST = 120;

/** The page as text for this terminal; what stands at the right edge ends where the widest line ends. */
export function pageText(terminal: Terminal, page: Page): string {
  return paint(pageLines(terminal, page), terminal);
}

/** The page's lines for this terminal, before they are coloured. */
export function pageLines(terminal: Terminal, page: Page): Line[] {
  const parts = page.map((part) => part.filter((line) => !isEmpty(line) || part.length > 1)).filter((part) => part.length > 0);
  const edge = edgeOf(terminal, parts.flat());
  return parts.flatMap((part, at) => [...(at === 0 ? [] : [[]]), ...part.flatMap((line) => laid(line, edge, terminal.width))]);
}

function isEmpty(line: PageLine): boolean {
  return !('left' in line) && !('whole' in line) && line.length === 0;
}

function laid(line: PageLine, edge: number, width: number | null): Line[] {
  if ('whole' in line) return [line.whole];
  const lines = 'left' in line ? joined(line, edge) : [line];
  return width === null ? lines : lines.flatMap((each) => broken(each, width));
}

function edgeOf({ width }: Terminal, lines: readonly PageLine[]): number {
  const most = width ?? MOST;
  const wide = lines.map(lineWidth).filter((each) => each <= most);
  return Math.min(most, Math.max(LEAST, ...wide));
}

function lineWidth(line: PageLine): number {
  if ('whole' in line) return 0;
  return 'left' in line ? lineCells(line.left) + lineCells(line.right) + 2 : lineCells(line);
}

/** A line that nobody wrapped by its meaning, in as many as it takes. */
function broken(line: Line, width: number): Line[] {
  if (lineCells(line) <= width) return [line];
  const lines: Span[][] = [[]];
  let room = width;
  for (const { text, ink } of line) {
    for (let rest = text; rest !== ''; ) {
      const part = beginning(rest, room);
      if (part !== '') lines.at(-1)?.push(own(part, ink));
      rest = rest.slice(part.length);
      room -= cells(part);
      if (rest === '') break;
      if (part === '' && room === width - HANGING) break;
      lines.push([gap(HANGING)]);
      room = width - HANGING;
    }
  }
  return lines;
}

/** One line if both parts fit, else the right one under the left. */
function joined({ left, right }: Edged, edge: number): Line[] {
  const [a, b] = [lineCells(left), lineCells(right)];
  if (b === 0) return [left];
  if (a + 2 + b <= edge) return [[...left, gap(edge - a - b), ...right]];
  return [...(a === 0 ? [] : [left]), [gap(edge - b), ...right]];
}
