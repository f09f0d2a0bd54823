import { visible } from '../../core/clean.ts';
import type { Terminal } from './terminal.ts';

/** Our own signs where only ASCII can be shown; each takes one cell in both. */
const ASCII: Readonly<Record<string, string>> = {
  '✗': 'X',
  '✓': '+',
  '·': '.',
  '–': '-',
  '≥': '>',
  '━': '=',
  '─': '-',
  '…': '~',
  '↓': 'v',
  '›': '>',
  '│': '|',
  '×': 'x',
  '°': ' ',
};

/** Letters whose width terminals do not agree on: flags made of two signs, skin tones, keycaps. */
const UNSURE = /[\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}\u20e3]/gu;

/** What every terminal shows as it is. */
const PLAIN = /^[\x20-\x7e]*$/;

/** Text for this terminal: the one place where what a node sent becomes harmless to it. */
export function cleanFor(terminal: Terminal, text: string): string {
  if (PLAIN.test(text)) return text;
  const clean = visible(text).replace(UNSURE, named);
  return terminal.ascii ? clean.replace(/[^\x20-\x7e]/gu, (character) => ASCII[character] ?? named(character)) : clean;
}

/** One of our own signs as this terminal shows it. */
export function sign(terminal: Terminal, glyph: string): string {
  return terminal.ascii ? (ASCII[glyph] ?? glyph) : glyph;
}

function named(character: string): string {
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;
}
