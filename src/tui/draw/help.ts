import { cells } from '../../cli/render/cells.ts';
import { gap, type Line, own, span } from '../../cli/render/line.ts';
import { sign } from '../../cli/render/signs.ts';
import type { ScreenRow } from '../screen/painter.ts';
import { COMMANDS } from '../command.ts';
import { KEY_TABLE } from '../key-table.ts';
import type { Frame } from '../look.ts';
import { sliced } from './slice.ts';

const SIGNS: readonly [string, string][] = [
  ['✗ ! i', 'critical, warning, info'],
  ['✓', 'healthy'],
  ['?', 'not known'],
  ['·', 'muted, waiting'],
  ['–', 'not here'],
  ['≥ …', 'at least, cut'],
  ['grey', 'last value known'],
];

type Part = [title: string, lines: readonly [string, string][]];

function parts(): Part[] {
  const keys = (group: string): [string, string][] =>
    KEY_TABLE.filter((line) => line.group === group).map(({ label, help }) => [label, help]);
  return [
    ['Move', keys('Move')],
    ['Look', keys('Look')],
    ['Act', keys('Act')],
    ['Commands', COMMANDS.map(({ usage, help }) => [usage, help])],
    ['Signs', SIGNS],
  ];
}

/** Rows of the help in so many columns, scrolled; made from the key table, so that no key is missing. */
export function helpLines(frame: Frame): Line[] {
  const columns = frame.columns >= 110 ? 3 : frame.columns >= 80 ? 2 : 1;
  const width = Math.floor((frame.columns - 8) / columns) - 1;
  const blocks = parts().map(([title, lines]) => [[own(title, 'strong')], ...lines.map((line) => helpLine(frame, line, width))] as Line[]);
  const stacks: Line[][] = Array.from({ length: columns }, () => []);
  for (const block of blocks) {
    const shortest = stacks.reduce((least, stack) => (stack.length < least.length ? stack : least));
    if (shortest.length > 0) shortest.push([]);
    shortest.push(...block);
  }
  const height = Math.max(...stacks.map(({ length }) => length));
  return Array.from({ length: height }, (_, at) =>
    stacks.flatMap((stack) => {
      const line = stack[at] ?? [];
      return [...line, gap(width + 1 - line.reduce((sum, { text }) => sum + cells(text), 0))];
    }),
  );
}

function helpLine({ terminal }: Frame, [label, help]: readonly [string, string], width: number): Line {
  const name = span(terminal, label.padEnd(12), 'accent');
  return sliced([name, gap(1), span(terminal, help)], 0, width);
}

/** The help as a box over the rows that stand below it, which are dimmed. */
export function withHelp(rows: readonly ScreenRow[], frame: Frame, scroll: number): ScreenRow[] {
  const { terminal, columns } = frame;
  const lines = helpLines(frame);
  const room = Math.min(lines.length, rows.length - 6);
  const from = Math.max(0, Math.min(scroll, lines.length - room));
  const corner = (glyph: string) => (terminal.ascii ? '+' : glyph);
  const edge = sign(terminal, '─');
  const wide = columns - 6;
  const foot = `${lines.length > room ? 'j k scroll   ' : ''}Esc close `;
  const side = own(sign(terminal, '│'), 'muted');
  const box: Line[] = [
    [own(`${corner('╭')}${edge} Help ${edge.repeat(wide - 7)}${corner('╮')}`, 'muted')],
    ...lines.slice(from, from + room).map((line): Line => [side, gap(1), ...sliced(line, 0, wide - 1), side]),
    [side, gap(wide - foot.length), own(foot, 'muted'), side],
    [own(`${corner('╰')}${edge.repeat(wide)}${corner('╯')}`, 'muted')],
  ];
  return rows.map((row, at) => {
    const over = box[at - 3];
    const dim: Line = row.line.map(({ text }) => own(text, 'faint'));
    return { line: at < 3 ? row.line : over === undefined ? dim : [...sliced(dim, 0, 2), ...over, ...sliced(dim, 2 + wide + 2, columns)] };
  });
}
