import { closeSync, fstatSync, openSync, readdirSync, readFileSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { keepWhole } from './keep-whole.ts';

/** Of the checksum behind the code. */
const SUM_BYTES = 4;
const NAME = /^agent-[\w.-]+\.code$/;

/**
 * Compiled code that an earlier run left behind; undefined where there is none that may be used. Whoever can write it decides what this process does:
 * so it must be its user's own. V8 looks at versions and lengths but not at the bytes, and damaged ones end the process: hence the checksum.
 */
export function readCode(path: string): Buffer | undefined {
  try {
    const file = openSync(path, 'r');
    try {
      const { uid, mode } = fstatSync(file);
      if (uid !== process.getuid?.() || (mode & 0o22) !== 0) return undefined;
      const bytes = readFileSync(file);
      const code = bytes.subarray(0, -SUM_BYTES);
      return bytes.readInt32LE(code.length) === sumOf(code) ? code : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/** Keeps compiled code for later runs, and no longer that of other builds. Where it cannot be kept the next run compiles again. */
export function keepCode(path: string, code: Buffer): void {
  const sum = Buffer.alloc(SUM_BYTES);
  sum.writeInt32LE(sumOf(code));
  keepWhole(path, Buffer.concat([code, sum]), true);
  try {
    const folder = dirname(path);
    for (const name of readdirSync(folder)) if (NAME.test(name) && name !== basename(path)) unlinkSync(join(folder, name));
  } catch {
    // An old one only takes room.
  }
}

/** FNV-1a over words instead of bytes, for speed: this runs before anything is compiled. */
function sumOf(code: Buffer): number {
  const words = new Int32Array(code.buffer, code.byteOffset, code.length >> 2);
  let sum = code.length;
  for (let at = 0; at < words.length; at++) sum = Math.imul(sum ^ (words[at] as number), 0x01000193);
  for (let at = words.length << 2; at < code.length; at++) sum = Math.imul(sum ^ (code[at] as number), 0x01000193);
  return sum;
}
