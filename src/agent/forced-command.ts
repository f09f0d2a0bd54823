import { EXIT, Refusal } from '../core/refusal.ts';

const NONCE = String.raw`(?: --frame [\w-]{8,64})?`;
const TARGET = String.raw`[A-Za-z0-9:[][A-Za-z0-9.:_\]/-]{0,253}`;

/** All that a key may say whose command is forced: these words with one blank between them, and not a byte more. */
const SAYINGS: readonly RegExp[] = [
  new RegExp(`^report${NONCE}$`),
  new RegExp(`^probe [a-z][a-z-]{0,15} ${TARGET}${NONCE}$`),
  /^follow$/,
  /^version$/,
];

/** Begins what such a key is told when it says anything else, so that who asks knows it for what it is. */
export const ONLY = 'this key may only say report, follow, probe KIND TARGET or version';

/**
 * The agent's words for what came over ssh (SSH_ORIGINAL_COMMAND). Nothing of it reaches a shell or names a file: it either is one of the four sayings
 * or is refused without being looked into.
 */
export function forcedWords(line: string | undefined): string[] {
  if (line === undefined || !SAYINGS.some((saying) => saying.test(line))) throw new Refusal(EXIT.notAllowed, ONLY);
  return line.split(' ');
}
