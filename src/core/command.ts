import { visible } from './clean.ts';
import type { Next } from './rule.ts';

const PLAIN = /^[\w@%+=:,./-]+$/;

/** A word for a shell line that people may copy: quoted unless it is plain. Control characters are made visible, so they never reach a shell. */
export function shellWord(word: string): string {
  const clean = visible(word);
  if (PLAIN.test(clean) && !clean.startsWith('-')) return clean;
  return `'${clean.replaceAll("'", String.raw`'\''`)}'`;
}

function line(parts: TemplateStringsArray, words: readonly (string | number)[]): string {
  return parts.reduce((text, part, index) => text + shellWord(String(words[index - 1])) + part);
}

/** A next step that runs on the node: onNode`journalctl -u ${unit} -n 50`. Each value is one quoted word. */
export function onNode(parts: TemplateStringsArray, ...words: (string | number)[]): Next {
  return { on: 'node', command: line(parts, words) };
}

/** A next step that runs where ward runs: here`ping -c 3 ${address}`. */
export function here(parts: TemplateStringsArray, ...words: (string | number)[]): Next {
  return { on: 'here', command: line(parts, words) };
}
