const NARROW = /^[\x20-\x7e]*$/;
const ZERO = /^[\p{Mn}\p{Me}\u1160-\u11ff\ud7b0-\ud7ff]$/u;
const WIDE =
  /^[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u4dff\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}\u{1d300}-\u{1d376}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]$/u;

/** Below this every letter that gets here takes one cell; most text never meets the tables. */
const FIRST_MARK = 0x300;

function cellsOfOne(character: string): number {
  if ((character.codePointAt(0) ?? 0) < FIRST_MARK) return 1;
  if (ZERO.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** How many cells of a terminal the text takes: East Asian wide letters and emoji two, combining marks none. */
export function cells(text: string): number {
  if (NARROW.test(text)) return text.length;
  let sum = 0;
  for (const character of text) sum += cellsOfOne(character);
  return sum;
}

/** The longest beginning of the text that takes at most this many cells, with the marks that belong to its last letter. */
export function beginning(text: string, most: number): string {
  if (NARROW.test(text)) return text.slice(0, most);
  let sum = 0;
  let end = 0;
  for (const character of text) {
    sum += cellsOfOne(character);
    if (sum > most) break;
    end += character.length;
  }
  return text.slice(0, end);
}

function ending(text: string, most: number): string {
  const characters = Array.from(text);
  let sum = 0;
  let at = characters.length;
  while (at > 0 && sum + cellsOfOne(characters[at - 1] ?? '') <= most) {
    at -= 1;
    sum += cellsOfOne(characters[at] ?? '');
  }
  // A mark without its letter would sit on what stands before it.
  while (at < characters.length && ZERO.test(characters[at] ?? '')) at += 1;
  return characters.slice(at).join('');
}

/** The text in at most this many cells, with the sign for "cut" where letters are missing. */
export function cut(text: string, most: number, where: 'end' | 'middle', sign: string): string {
  if (cells(text) <= most) return text;
  const room = Math.max(0, most - cells(sign));
  if (where === 'end') return beginning(text, room) + sign;
  const first = beginning(text, Math.ceil(room / 2));
  return first + sign + ending(text, room - cells(first));
}
