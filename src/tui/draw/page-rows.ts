import { cut } from '../../cli/render/cells.ts';
import { gap, type Line, lineCells, own, span } from '../../cli/render/line.ts';
import { sign } from '../../cli/render/signs.ts';
import type { ScreenRow } from '../screen/painter.ts';
import type { Opened } from '../pages/opened.ts';
import type { Frame } from '../look.ts';

/** Where a page stands among the items of its list. */
export interface PagePlace {
  tab: string;
  /** `2 of 5`; empty where it is in no list. */
  place: string;
  scroll: number;
}

/** The path, then the page from the scrolled line on; exactly so many rows. */
export function pageRows(
  page: Opened,
  { tab, place, scroll }: PagePlace,
  { height, frame }: { height: number; frame: Frame },
): ScreenRow[] {
  const { lines } = laid(page);
  const room = height - 2;
  const from = scrollWithin(scroll, lines.length, room);
  const shown = lines.slice(from, from + room);
  const more = lines.length > room ? `lines ${from + 1} to ${Math.min(lines.length, from + room)} of ${lines.length}` : '';
  const rows: ScreenRow[] = [
    { line: pathLine({ tab, title: page.title, right: [more, place].filter(Boolean).join('   ') }, frame) },
    { line: [] },
    ...shown.map((line) => ({ line })),
  ];
  return Array.from({ length: height }, (_, at) => rows[at] ?? { line: [] });
}

/** The page's lines with a blank one between its parts, and where each part begins. */
export function laid({ parts }: Pick<Opened, 'parts'>): { lines: Line[]; begins: number[] } {
  const lines: Line[] = [];
  const begins: number[] = [];
  for (const part of parts.filter(({ length }) => length > 0)) {
    if (lines.length > 0) lines.push([]);
    begins.push(lines.length);
    lines.push(...part);
  }
  return { lines, begins };
}

/** As far as a page of so many lines can be scrolled. */
export function scrollWithin(scroll: number, lines: number, room: number): number {
  return Math.max(0, Math.min(scroll, lines - room));
}

function pathLine({ tab, title, right }: { tab: string; title: string; right: string }, { terminal, columns }: Frame): Line {
  const begin: Line = [gap(2), span(terminal, `${tab} › `, 'muted')];
  const room = columns - 4 - lineCells(begin) - right.length;
  const name = own(cut(span(terminal, title).text, Math.max(8, room), 'end', sign(terminal, '…')), 'strong');
  const line: Line = [...begin, name];
  return [...line, gap(columns - 2 - lineCells(line) - right.length), own(right, 'muted')];
}
