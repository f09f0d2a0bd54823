import { readdirSync, statfsSync, statSync } from 'node:fs';
import type { FileFacts, FileSystem, FileText } from '../../core/host.ts';
import { absent, failed, Unknown } from '../../core/unknown.ts';
import { failureOf } from './failure.ts';
import { paths } from './glob.ts';
import { MIB, mib } from './limits.ts';
import { readText } from './read-text.ts';

/** More than the processes of a busy machine, or the names in a folder that anybody looks at. */
const MOST_FILES = 100_000;
/** Of all files that fit one pattern together. */
const MOST_BYTES = 64 * MIB;

/** The text of a regular file, or of one that the kernel makes up. */
export function read(path: string): string | Unknown {
  try {
    return readText(path);
  } catch (error) {
    return failureOf(error);
  }
}

/** Every file whose path fits. What vanishes or may not be read meanwhile is left out, unless nothing else is there. */
export function readEach(pattern: string): FileText[] | Unknown {
  const found = paths(pattern);
  if (found.length > MOST_FILES) return failed(`more than ${MOST_FILES} files`);
  const files: FileText[] = [];
  let refused: Unknown | null = null;
  let total = 0;
  for (const path of found) {
    const text = read(path);
    if (text instanceof Unknown) {
      if (!text.asked) return text;
      if (text.kind === 'denied') refused ??= text;
    } else {
      total += text.length;
      if (total > MOST_BYTES) return failed(`more than ${mib(MOST_BYTES)} in all`);
      files.push({ path, text });
    }
  }
  return files.length === 0 && refused !== null ? refused : files;
}

export function list(path: string): string[] | Unknown {
  const names = readdirSync(path).sort();
  return names.length > MOST_FILES ? failed(`more than ${MOST_FILES} names`) : names;
}

export function stat(path: string): FileFacts | Unknown {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) return absent('no such file or folder');
  const { mode, uid, size, mtimeMs } = facts;
  return { mode: (mode & 0o7777).toString(8), uid, size_bytes: size, modified_s: Math.floor(mtimeMs / 1000) };
}

export function statfs(path: string): FileSystem {
  const { bsize, blocks, bfree, bavail, files, ffree } = statfsSync(path);
  return { total_bytes: blocks * bsize, free_bytes: bfree * bsize, avail_bytes: bavail * bsize, inodes: files, inodes_free: ffree };
}
