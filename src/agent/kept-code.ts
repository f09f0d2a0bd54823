import { closeSync, fstatSync, openSync, readdirSync, readFileSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { keepWhole } from './keep-whole.ts';

const NAME = /^agent-[\w.-]+\.code$/;

/**
 * Compiled code that an earlier run left behind; undefined where there is none that may be used. Whoever can write it decides what this process does:
 * so it must be its user's own. V8 looks at versions and lengths but not at the bytes, and damaged ones end the process: so it stands there twice, which
 * is sooner compared than any checksum worked out by what is not compiled yet.
 */
export function readCode(path: string): Buffer | undefined {
  try {
    const file = openSync(path, 'r');
    try {
      const { uid, mode } = fstatSync(file);
      if (uid !== process.getuid?.() || (mode & 0o22) !== 0) return undefined;
      const twice = readFileSync(file);
      const [code, again] = [twice.subarray(0, twice.length >> 1), twice.subarray(twice.length >> 1)];
      return code.length > 0 && code.equals(again) ? code : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/** Keeps compiled code for later runs, and no longer that of other builds. Where it cannot be kept the next run compiles again. */
export function keepCode(path: string, code: Buffer): void {
  keepWhole(path, Buffer.concat([code, code]), true);
  try {
    const folder = dirname(path);
    for (const name of readdirSync(folder)) if (NAME.test(name) && name !== basename(path)) unlinkSync(join(folder, name));
  } catch {
    // An old one only takes room.
  }
}
