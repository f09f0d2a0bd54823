import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Puts a file in place, whole or not at all, for its owner alone; with `synced` that holds also when the power fails. Where it cannot be done, or
 * another is doing it at this moment, nothing changes.
 */
export function keepWhole(path: string, content: string | Buffer, synced: boolean): void {
  const fresh = `${path}.new`;
  try {
    makeFolder(dirname(path));
    const file = openedAlone(fresh);
    try {
      writeFileSync(file, content);
      if (synced) fsyncSync(file);
      renameSync(fresh, path);
    } catch (error) {
      unlinkSync(fresh);
      throw error;
    } finally {
      closeSync(file);
    }
  } catch {
    // What is kept here saves work; nothing depends on it.
  }
}

/** What is older than this was left behind by one that was killed. */
const ABANDONED_MS = 10_000;

/** Throws where another is writing. */
function openedAlone(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || Math.abs(Date.now() - statSync(path).mtimeMs) < ABANDONED_MS) throw error;
    unlinkSync(path);
    return openSync(path, 'wx', 0o600);
  }
}

/** With the folders above it. Not by `recursive`: on a file system that takes no new folders Node.js 20 to 24 then never comes back. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(path) === path || existsSync(dirname(path))) throw error;
    makeFolder(dirname(path));
    mkdirSync(path, { mode: 0o700 });
  }
}
