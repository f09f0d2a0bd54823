import { beginning, cells } from './cells.ts';

/** Clean text in lines of at most this many cells, broken at blanks, and inside a word only where the word alone is longer. */
export function wrapped(text: string, width: number | null): string[] {
  if (width === null || cells(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<= )/)) {
    if (line !== '' && cells(line) + cells(word.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += word;
    while (cells(line.trimEnd()) > width) {
      const part = beginning(line, width);
      if (part === '') break;
      lines.push(part);
      line = line.slice(part.length);
    }
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}

/** What goes on in a further line begins here, so that no text of a machine can pose as a row. */
export const HANGING = 2;

/** Like `wrapped`, for text that begins at the left edge. */
export function hanging(text: string, width: number | null): string[] {
  if (width === null || cells(text) <= width) return [text];
  const [first = '', ...rest] = wrapped(text, width - HANGING);
  return [first, ...rest.map((line) => ' '.repeat(HANGING) + line)];
}
