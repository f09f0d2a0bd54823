import { gap, type Line, lineCells } from './line.ts';
import { paint } from './paint.ts';
import type { Terminal } from './terminal.ts';

/** A line with a part that stands at the right edge, where there is room for it. */
export interface Edged {
  left: Line;
  right: Line;
}

export type PageLine = Line | Edged;

/** What a command prints: parts with a blank line between them. */
export type Page = readonly (readonly PageLine[])[];

/** As wide as a page is without a terminal, unless its content is wider. */
const LEAST = 80;
const MOST = 120;

/** The page as text for this terminal; what stands at the right edge ends where the widest line ends. */
export function pageText(terminal: Terminal, page: Page): string {
  const parts = page.filter((part) => part.some((line) => 'left' in line || line.length > 0));
  const edge = edgeOf(terminal, parts.flat());
  const lines = parts.flatMap((part, at) => [
    ...(at === 0 ? [] : [[]]),
    ...part.flatMap((line) => ('left' in line ? joined(line, edge) : [line])),
  ]);
  return paint(lines, terminal);
}

function edgeOf({ width }: Terminal, lines: readonly PageLine[]): number {
  const most = width ?? MOST;
  const wide = lines
    .map((line) => ('left' in line ? lineCells(line.left) + lineCells(line.right) + 2 : lineCells(line)))
    .filter((each) => each <= most);
  return Math.min(most, Math.max(LEAST, ...wide));
}

/** One line if both parts fit, else the right one under the left. */
function joined({ left, right }: Edged, edge: number): Line[] {
  const [a, b] = [lineCells(left), lineCells(right)];
  if (b === 0) return [left];
  if (a + 2 + b <= edge) return [[...left, gap(edge - a - b), ...right]];
  return [...(a === 0 ? [] : [left]), [gap(edge - b), ...right]];
}
