import { beginning, cells } from './cells.ts';

/** Clean text in lines of at most this many cells, broken at blanks, and inside a word only where the word alone is longer. */
export function wrapped(text: string, width: number | null): string[] {
  if (width === null || cells(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of text.split(/(?<= )/).flatMap((word) => chopped(word, width))) {
    const bare = cells(piece.trimEnd());
    if (line !== '' && used + bare > width) {
      lines.push(line.trimEnd());
      line = '';
      used = 0;
    }
    line += piece;
    used += cells(piece);
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}

/** A word in pieces that each fit in a line. */
function chopped(word: string, width: number): string[] {
  const pieces: string[] = [];
  let rest = word;
  for (let left = cells(word.trimEnd()); left > width; ) {
    const piece = beginning(rest, width);
    if (piece === '') break;
    pieces.push(piece);
    rest = rest.slice(piece.length);
    left -= cells(piece);
  }
  return [...pieces, rest];
}

/** What goes on in a further line begins here, so that no text of a machine can pose as a row. */
export const HANGING = 2;

/** Like `wrapped`, for text that begins at the left edge. */
export function hanging(text: string, width: number | null): string[] {
  if (width === null || cells(text) <= width) return [text];
  const [first = '', ...rest] = wrapped(text, width - HANGING);
  return [first, ...rest.map((line) => ' '.repeat(HANGING) + line)];
}
