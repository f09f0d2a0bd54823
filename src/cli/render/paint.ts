import type { Ink, Line } from './line.ts';
import type { Terminal } from './terminal.ts';

/** Select Graphic Rendition of each ink in the 16 colours, which are the reader's own, and without colour. Empty is none. */
export const SGR: Readonly<Record<Ink, readonly [colour: string, mono: string]>> = {
  plain: ['', ''],
  strong: ['1', '1'],
  crit: ['1;31', '1'],
  warn: ['33', ''],
  'hot-crit': ['1;31', '1;4'],
  'hot-warn': ['33', '1;4'],
  ok: ['32', ''],
  accent: ['36', '1'],
  muted: ['2', '2'],
  faint: ['2', '2'],
  'badge-crit': ['1;7;31', '7'],
  'badge-warn': ['1;7;33', '7'],
  'badge-ok': ['1;7;32', '7'],
  'badge-accent': ['1;7;36', '7'],
  'badge-muted': ['2;7', '7'],
  bar: ['2', '2'],
  'bar-crit': ['31', ''],
  'bar-warn': ['33', ''],
  match: ['4;36', '1;4'],
};

/** The lines as text that ends in a newline, without blanks at the ends of lines. */
export function paint(lines: readonly Line[], { colours }: Terminal): string {
  return lines
    .map(
      (line) =>
        `${trimmed(line)
          .map(({ text, ink }) => dressed(text, ink, colours))
          .join('')}\n`,
    )
    .join('');
}

function dressed(text: string, ink: Ink, colours: Terminal['colours']): string {
  const sgr = colours === 'none' ? '' : SGR[ink][colours === 'colour' ? 0 : 1];
  return sgr === '' || text === '' ? text : `\x1b[${sgr}m${text}\x1b[0m`;
}

function trimmed(line: Line): Line {
  const last = line.at(-1);
  if (last === undefined || last.ink.startsWith('badge')) return line;
  const text = last.text.trimEnd();
  return text === '' ? trimmed(line.slice(0, -1)) : [...line.slice(0, -1), { ...last, text }];
}
