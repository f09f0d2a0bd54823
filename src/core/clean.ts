/**
 * Characters that move, hide or reorder other text: C0 and C1 controls, bidi marks, zero-width and tag characters,
 * line separators, interlinear marks, variation selectors, lone surrogates.
 */
const HARMFUL =
  /[\p{Cc}\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}\p{Cs}]/gu;

/** More marks than any script stacks on one letter. */
const FLOOD = /(\p{M}{4})\p{M}+/gu;

/** Most text is nothing but this, and needs no look at the tables above. */
export const PLAIN = /^[\x20-\x7e]*$/;

/** Text of a node with everything invisible made visible: `\x1b[2J`, `<U+202E>`. One line stays one line. */
export function visible(text: string): string {
  return PLAIN.test(text) ? text : text.replace(HARMFUL, escaped).replace(FLOOD, '$1…');
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\n') return String.raw`\n`;
  if (character === '\r') return String.raw`\r`;
  if (character === '\t') return String.raw`\t`;
  if (code < 0x100) return String.raw`\x${code.toString(16).padStart(2, '0')}`;
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}

/** What a terminal might obey or hide and JSON would let through. */
export const SPECIAL_IN_JSON =
  /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]/gu;

/** JSON that is safe to print: what a terminal might obey or hide is written as \uXXXX, so the value stays the same. */
export function printableJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(SPECIAL_IN_JSON, (character) =>
    [...Array(character.length).keys()].map((at) => String.raw`\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  );
}
