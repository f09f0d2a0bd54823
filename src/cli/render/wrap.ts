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
