import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { failed } from '../../core/unknown.ts';
import { MIB, mib } from './limits.ts';

/** Larger than any file that a collector has a use for. */
const MOST_BYTES = 4 * MIB;

/** One for all files: nothing here waits, so no two files are read at once. */
let shared: Buffer | null = null;

/** The text of a regular file, or of one that the kernel makes up; throws what the kernel refuses, and an Unknown for what is no file. */
export function readText(path: string): string {
  // Merely opening a device can start it, and a pipe would wait for its other end.
  const made = isMadeByKernel(path);
  if (!made) mustBeFile(statSync(path));
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    // The kernel's own are files, or refuse to be read.
    if (!made) mustBeFile(fstatSync(file));
    return textOf(file);
  } finally {
    closeSync(file);
  }
}

/** Whether the path is in /proc or /sys, where nothing waits for a disk or a network. */
export function isMadeByKernel(path: string): boolean {
  return (path.startsWith('/proc/') || path.startsWith('/sys/')) && !path.includes('/../');
}

function mustBeFile(facts: { isFile(): boolean; isDirectory(): boolean }): void {
  if (!facts.isFile()) throw failed(facts.isDirectory() ? 'a folder, not a file' : 'not a regular file');
}

/** The kernel gives its own files a size of 0 and hands them out in pieces, so a file is read until it ends. */
function textOf(file: number): string {
  shared ??= Buffer.allocUnsafeSlow(64 * 1024);
  let whole: Buffer = shared;
  let length = 0;
  for (;;) {
    const count = readSync(file, whole, length, whole.length - length, null);
    if (count === 0) return whole.toString('utf8', 0, length);
    length += count;
    if (length > MOST_BYTES) throw failed(`larger than ${mib(MOST_BYTES)}`);
    if (length === whole.length) whole = grown(whole);
  }
}

function grown(bytes: Buffer): Buffer {
  const larger = Buffer.allocUnsafeSlow(bytes.length * 4);
  bytes.copy(larger);
  return larger;
}
