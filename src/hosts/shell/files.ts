import type { FileFacts, FileSystem, FileText } from '../../core/host.ts';
import { failed, notAsked, Unknown } from '../../core/unknown.ts';
import { farFiles } from '../local/far-files.ts';
import { inOneTurn } from '../local/in-one-turn.ts';
import { DEADLINES, MIB, mib, seconds } from '../local/limits.ts';
import { liesAway } from '../local/mounts.ts';
import { isPlainKernelPath, kernelFiles } from './kernel-files.ts';
import { MOST_EACH } from './program.ts';
import { reasonOf } from './reason.ts';
import type { Part, Reply } from './replies.ts';
import type { RequestKind } from './request.ts';
import { runForAnyText } from './run.ts';
import type { Shell } from './shell.ts';

const MOST_BYTES = 4 * MIB;
const MOST_OF_ALL = 32 * MIB;

/** The files of a host. Those on file systems that may never answer are asked for through programs that can be left behind, all others in turn. */
export function files(shell: Shell) {
  const near = nearFiles(shell);
  const far = farFiles(shell.left, runForAnyText(shell));
  const wayTo = async (path: string) => {
    if (isPlainKernelPath(path)) return near;
    const tools = await shell.tools();
    return tools instanceof Unknown || !liesAway(path, tools.mounts) ? near : far;
  };
  return {
    read: async (path: string) => (await wayTo(path)).read(path),
    list: async (path: string) => (await wayTo(path)).list(path),
    stat: async (path: string) => (await wayTo(path)).stat(path),
    statfs: async (path: string) => (await wayTo(path)).statfs(path),
    async readEach(pattern: string) {
      const way = await wayTo(folderOf(pattern));
      return way === near ? near.readEach(pattern) : notAsked('failed', 'it lies on a file system that may never answer');
    },
  };
}

/** The folder in which a pattern's first `*` is looked for. */
function folderOf(pattern: string): string {
  const [before = ''] = pattern.split('*', 1);
  return before.slice(0, before.lastIndexOf('/')) || '/';
}

/** Files as a shell reads them, without any process where it can. */
export function nearFiles(shell: Pick<Shell, 'ask' | 'left'>) {
  const kernel = kernelFiles(shell);
  const ask = (kind: RequestKind, words: readonly string[], bytes: number) => {
    const ms = shell.left(DEADLINES.file);
    return shell.ask({ kind, words, ms, late: `not read within ${seconds(ms)}`, bytes });
  };
  const stats = figures((paths) => ask('now', ['stat', '-L', '-c', '%a %u %s %Y', '--', ...paths], MIB));
  const spaces = figures((paths) => ask('now', ['stat', '-f', '-c', '%S %b %f %a %c %d', '--', ...paths], MIB));
  return {
    async read(path: string): Promise<string | Unknown> {
      if (isPlainKernelPath(path) && !path.includes('*')) return kernel.read(path);
      const bytes = refusedOr(await ask('file', [path], MOST_BYTES + 1));
      if (bytes instanceof Unknown) return bytes;
      return bytes.length > MOST_BYTES ? failed(`larger than ${mib(MOST_BYTES)}`) : bytes.toString('utf8');
    },
    async readEach(pattern: string): Promise<FileText[] | Unknown> {
      if (isPlainKernelPath(pattern)) return kernel.readEach(pattern);
      // In this pattern all but `*` stands for itself.
      const words = [folderOf(pattern), pattern.replaceAll(/[?[]/g, '[$&]')];
      if (pattern.includes('\\')) return notAsked('failed', 'a pattern with a backslash in it cannot be asked for through a shell');
      const reply = await ask('each', words, MOST_OF_ALL);
      return reply instanceof Unknown ? reply : filesIn(reply);
    },
    async list(path: string): Promise<string[] | Unknown> {
      const bytes = refusedOr(await ask('list', [path], MOST_OF_ALL));
      return bytes instanceof Unknown ? bytes : bytes.toString('utf8').split('\0').slice(0, -1).sort();
    },
    async stat(path: string): Promise<FileFacts | Unknown> {
      const words = await stats(path);
      if (words instanceof Unknown) return words;
      const [mode = '', uid, size, modified] = words.split(' ');
      return { mode, uid: Number(uid), size_bytes: Number(size), modified_s: Number(modified) };
    },
    async statfs(path: string): Promise<FileSystem | Unknown> {
      const words = await spaces(path);
      return words instanceof Unknown ? words : fileSystemIn(words);
    },
  };
}

/** What stat says of a path, asked for all paths of one turn by one process. */
function figures(look: (paths: readonly string[]) => Promise<Reply | Unknown>): (path: string) => Promise<string | Unknown> {
  const lookAt = async (paths: readonly string[]) => {
    const wanted = [...new Set(paths)];
    return figuresOf(await look(wanted), wanted);
  };
  const together = inOneTurn(lookAt);
  return async (path) => {
    // What it says of several is told apart by the paths, as it writes them.
    const found = await (/^[\w/.@%+,:-]+$/.test(path) ? together(path) : lookAt([path]));
    return found instanceof Unknown ? found : (found.get(path) ?? failed('no answer came'));
  };
}

/** The words of stat's `%S %b %f %a %c %d`. */
function fileSystemIn(words: string): FileSystem {
  const [unit = NaN, blocks = NaN, free = NaN, avail = NaN, inodes = NaN, inodes_free = NaN] = words.split(' ').map(Number);
  return { total_bytes: blocks * unit, free_bytes: free * unit, avail_bytes: avail * unit, inodes, inodes_free };
}

/** The first part's bytes where the exit code is 0, else why not. */
function refusedOr(reply: Reply | Unknown): Buffer | Unknown {
  if (reply instanceof Unknown) return reply;
  const [answer, errors] = reply.parts;
  if (answer === undefined || errors === undefined) return failed('the answer broke off');
  return errors.tag === '0' ? answer.bytes : reasonOf(errors.bytes.toString('utf8'));
}

/** What stat says of each path: a line for each that is there, in order, and a line of errors for each other one, in order too. */
function figuresOf(reply: Reply | Unknown, paths: readonly string[]): Map<string, string | Unknown> | Unknown {
  if (reply instanceof Unknown) return reply;
  const [answer = [], errors = []] = reply.parts.map(({ bytes }) => bytes.toString('utf8').split('\n').filter(Boolean));
  if (answer.length + errors.length !== paths.length) return failed(`stat answers ${answer.length} of ${paths.length}`);
  // Each line of errors names its path, so which ones they are is known.
  const failing = paths.length === 1 ? paths.slice(0, errors.length) : paths.filter((path) => errors.some((line) => namedIn(line, path)));
  if (failing.length !== errors.length) return failed('what stat says belongs to no path');
  const there = paths.filter((path) => !failing.includes(path));
  return new Map<string, string | Unknown>([
    ...there.map((path, at): [string, string] => [path, answer[at] ?? '']),
    ...failing.map((path, at): [string, Unknown] => [path, reasonOf(errors[at] ?? '')]),
  ]);
}

function namedIn(line: string, path: string): boolean {
  return line.includes(`'${path}'`) || line.includes(`"${path}"`);
}

/** A path up to its NUL, then its text, ended by a dot and why there is none. */
function filesIn({ parts }: Reply): FileText[] | Unknown {
  const [end, rest] = [parts.at(-1), parts.at(-2)];
  if (end?.tag === '2') return failed(`more than ${MOST_EACH} files`);
  if (end === undefined || rest === undefined || rest.bytes.length > 0) return failed(`more than ${mib(MOST_OF_ALL)} in all`);
  if (end.tag !== '0') return reasonOf(end.bytes.toString('utf8'));
  const all = parts.slice(0, -2).map(fileIn);
  const found = all.filter((each): each is FileText => !(each instanceof Unknown));
  const refused = all.find((each) => each instanceof Unknown && each.kind === 'denied');
  return found.length === 0 && refused instanceof Unknown ? refused : found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function fileIn({ bytes, tag }: Part): FileText | Unknown {
  const at = bytes.indexOf(0);
  const text = bytes.subarray(at + 1);
  if (tag !== '.') return reasonOf(tag.slice(1));
  return text.length > MOST_BYTES
    ? failed(`larger than ${mib(MOST_BYTES)}`)
    : { path: bytes.toString('utf8', 0, at), text: text.toString('utf8') };
}
