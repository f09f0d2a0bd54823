import { readFileSync, statSync } from 'node:fs';
import { failed, type Unknown } from '../../core/unknown.ts';
import { failureOf } from './failure.ts';

/** A longer file is no key: what is sent must not become a way to carry files off. */
const MOST_BYTES = 64;
/** Where the bytes of a file go; its path is the first group. */
export const HEX_OF = /\{hex of (\/[^{}]+)\}/g;

/** The text with each `{hex of PATH}` replaced by that file's bytes in hexadecimal: a secret that is in no question and so in no report. */
export function withFiles(text: string): string | Unknown {
  try {
    return text.replace(HEX_OF, (_, path: string) => {
      const facts = statSync(path);
      if (!facts.isFile() || facts.size > MOST_BYTES) throw failed(`${path} is no file of at most ${MOST_BYTES} bytes`);
      return readFileSync(path).toString('hex');
    });
  } catch (error) {
    return failureOf(error);
  }
}
