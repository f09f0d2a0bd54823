import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { statfs as statfsAsync } from 'node:fs/promises';
import type { FileFacts, FileSystem, FileText } from '../../core/host.ts';
import { failed, Unknown } from '../../core/unknown.ts';
import { failureOf, within } from './failure.ts';

/** Larger than any file that a collector has a use for. */
const MOST_BYTES = 4 * 1024 * 1024;
/** More than the processes of a busy machine. */
const MOST_FILES = 100_000;
const STATFS_MS = 2_000;

/** The text of a regular file, or of one that the kernel makes up. */
export function read(path: string): string | Unknown {
  try {
    return readText(path);
  } catch (error) {
    return error instanceof Unknown ? error : failureOf(error);
  }
}

/** Without waiting where the path is a pipe or a device, and never more than the limit. */
function readText(path: string): string {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(file).isFile()) throw failed('not a regular file');
    const chunks: Buffer[] = [];
    let total = 0;
    // The kernel gives its own files a size of 0, so they are read until they end.
    for (;;) {
      const chunk = Buffer.allocUnsafe(chunks.length === 0 ? 16_384 : 262_144);
      const count = readSync(file, chunk, 0, chunk.length, null);
      if (count === 0) return Buffer.concat(chunks).toString('utf8');
      total += count;
      if (total > MOST_BYTES) throw failed(`larger than ${MOST_BYTES / 1024 / 1024} MiB`);
      chunks.push(chunk.subarray(0, count));
    }
  } finally {
    closeSync(file);
  }
}

/** Every file whose path fits; what vanishes or may not be read meanwhile is left out. */
export function readEach(pattern: string): FileText[] | Unknown {
  try {
    const found = paths(pattern);
    if (found.length > MOST_FILES) return failed(`more than ${MOST_FILES} files`);
    return found.flatMap((path) => {
      const text = read(path);
      return text instanceof Unknown ? [] : [{ path, text }];
    });
  } catch (error) {
    return failureOf(error);
  }
}

/** The paths that fit a pattern, in order; a folder that is not there gives none. */
export function paths(pattern: string): string[] {
  const [first = '', ...segments] = pattern.split('/');
  return segments.reduce((found, segment) => found.flatMap((folder) => below(folder, segment)), [first]);
}

function below(folder: string, segment: string): string[] {
  if (!segment.includes('*')) return [`${folder}/${segment}`];
  const fits = new RegExp(`^${segment.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('[^/]*')}$`);
  return names(folder === '' ? '/' : folder).filter((name) => fits.test(name) && !name.startsWith('.')).map((name) => `${folder}/${name}`);
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

export function list(path: string): string[] | Unknown {
  try {
    return readdirSync(path).sort();
  } catch (error) {
    return failureOf(error);
  }
}

export function stat(path: string): FileFacts | Unknown {
  try {
    const { mode, uid, size, mtimeMs } = statSync(path);
    return { mode: (mode & 0o7777).toString(8), uid, size_bytes: size, modified_s: Math.floor(mtimeMs / 1000) };
  } catch (error) {
    return failureOf(error);
  }
}

/** Away from this thread and with a deadline: a file system of the network may never answer. */
export function statfs(path: string): Promise<FileSystem | Unknown> {
  const asked = statfsAsync(path).then(
    ({ bsize, blocks, bfree, bavail, files, ffree }): FileSystem => ({
      total_bytes: blocks * bsize,
      free_bytes: bfree * bsize,
      avail_bytes: bavail * bsize,
      inodes: files,
      inodes_free: ffree,
    }),
    failureOf,
  );
  return within(STATFS_MS, asked);
}
