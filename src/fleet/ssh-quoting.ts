import { shellWord } from '../core/command.ts';

const OPTION = /^--?[A-Za-z]?$/;

/**
 * A ProxyCommand: ssh with these words to a jump host, from which it goes on. The person's shell starts it, so each word is quoted, and % is one of
 * ssh's own signs, but for the host and the port of the node itself.
 */
export function throughSsh(program: string, words: readonly string[]): string {
  const quoted = (word: string) => (OPTION.test(word) ? word : shellWord(word)).replaceAll('%', '%%');
  return `${quoted(program)} -W '[%h]:%p' ${words.map(quoted).join(' ')}`;
}

/** A path as ssh reads it inside an option: quoted, and without its own signs. */
export function fileWord(path: string): string {
  return `"${path.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll('%', '%%')}"`;
}

/** The words that name a key to ssh; where a path has a %, -i has no way to say so. */
export function identityWords(path: string): readonly string[] {
  return path.includes('%') ? ['-o', `IdentityFile=${fileWord(path)}`] : ['-i', path];
}
