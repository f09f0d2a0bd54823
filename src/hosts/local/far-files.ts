import type { FileFacts, FileSystem, Ran } from '../../core/host.ts';
import { absent, denied, failed, Unknown } from '../../core/unknown.ts';
import { firstLine } from './failure.ts';
import { DEADLINES, type Left, MIB, mib } from './limits.ts';
import { run } from './run.ts';

const MOST_BYTES = 4 * MIB;

/**
 * Files on file systems that may never answer, asked through a program that can be left behind: a call that hangs
 * holds its thread for ever, and a process of Node.js does not end before all its threads have.
 */
export function farFiles(left: Left, runs: typeof run = run) {
  const ask = async (program: string, words: readonly string[]): Promise<string | Unknown> => {
    const answer = await runs(program, words, { ms: left(DEADLINES.file), bytes: MOST_BYTES });
    return answer instanceof Unknown ? answer : outputOf(answer);
  };
  const figures = async (words: readonly string[]): Promise<string[] | Unknown> => {
    const answer = await ask('stat', words);
    return answer instanceof Unknown ? answer : answer.trim().split(' ');
  };
  return {
    async read(path: string): Promise<string | Unknown> {
      // One byte more than allowed comes out as too much.
      const text = await ask('head', ['-c', String(MOST_BYTES + 1), '--', path]);
      return text instanceof Unknown && text.reason.endsWith('of output') ? failed(`larger than ${mib(MOST_BYTES)}`) : text;
    },
    async list(path: string): Promise<string[] | Unknown> {
      const folder = path.endsWith('/') ? path : `${path}/`;
      const found = await ask('find', [folder, '-mindepth', '1', '-maxdepth', '1', '-print0']);
      return found instanceof Unknown
        ? found
        : found
            .split('\0')
            .slice(0, -1)
            .map((each) => each.slice(folder.length))
            .sort();
    },
    async stat(path: string): Promise<FileFacts | Unknown> {
      const words = await figures(['-L', '-c', '%a %u %s %Y', '--', path]);
      if (words instanceof Unknown) return words;
      const [mode = '', uid, size, modified] = words;
      return { mode, uid: Number(uid), size_bytes: Number(size), modified_s: Number(modified) };
    },
    async statfs(path: string): Promise<FileSystem | Unknown> {
      const words = await figures(['-f', '-c', '%S %b %f %a %c %d', '--', path]);
      if (words instanceof Unknown) return words;
      const [unit = NaN, blocks = NaN, free = NaN, avail = NaN, inodes = NaN, inodes_free = NaN] = words.map(Number);
      return { total_bytes: blocks * unit, free_bytes: free * unit, avail_bytes: avail * unit, inodes, inodes_free };
    },
  };
}

/** The programs run in the C locale, so what they say is known. */
function outputOf({ exit, stdout, stderr }: Ran): string | Unknown {
  if (exit === 0) return stdout;
  if (/No such file|Not a directory/.test(stderr)) return absent('no such file or folder');
  if (/Permission denied|Operation not permitted/.test(stderr)) return denied('permission denied');
  if (/Is a directory/.test(stderr)) return failed('a folder, not a file');
  if (/Too many levels of symbolic links/.test(stderr)) return failed('too many symbolic links');
  return failed(firstLine(stderr.split(': ').at(-1) ?? ''));
}
