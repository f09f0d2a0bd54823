import type { FileText } from '../../core/host.ts';
import { failed, Unknown } from '../../core/unknown.ts';
import { inOneTurn } from '../local/in-one-turn.ts';
import { DEADLINES, MIB, mib, seconds } from '../local/limits.ts';
import { isMadeByKernel } from '../local/read-text.ts';
import { reasonOf } from './reason.ts';
import type { Reply } from './replies.ts';
import type { Shell } from './shell.ts';

/** Of all that is read together. */
const MOST_BYTES = 32 * MIB;
const MOST_OF_ONE = 4 * MIB;

/** Whether the shell may expand it: the kernel's own names, and nothing that means more to a shell than `*`. */
export function isPlainKernelPath(path: string): boolean {
  return isMadeByKernel(path) && /^[\w/.*@%+,-]+$/.test(path);
}

/** The files that the kernel makes up: those of one turn are read at one moment by one process. They end with a line end, which is added where it is missing. */
export function kernelFiles(shell: Pick<Shell, 'ask' | 'left'>) {
  const look = async (words: readonly string[]): Promise<Lines | Unknown> => {
    const ms = shell.left(DEADLINES.file);
    const reply = await shell.ask({ kind: 'lines', words, ms, late: `not read within ${seconds(ms)}`, bytes: MOST_BYTES });
    if (reply instanceof Unknown) return reply;
    const lines = linesIn(reply);
    return lines.bytes >= MOST_BYTES ? failed(`more than ${mib(MOST_BYTES)} in all`) : lines;
  };
  const exact = inOneTurn(async (paths: readonly string[]) => {
    const wanted = new Set(paths);
    const found = await look([...wanted]);
    return found instanceof Unknown ? found : textsOf(found, (path) => wanted.has(path));
  });
  return {
    async read(path: string): Promise<string | Unknown> {
      const found = await exact(path);
      if (found instanceof Unknown) return found;
      const text = found.texts.get(path) ?? found.refused.get(path) ?? '';
      return typeof text === 'string' && text.length > MOST_OF_ONE ? failed(`larger than ${mib(MOST_OF_ONE)}`) : text;
    },
    async readEach(pattern: string): Promise<FileText[] | Unknown> {
      const fits = fitting(pattern);
      const found = await look([pattern]);
      if (found instanceof Unknown) return found;
      const { texts, refused } = textsOf(found, (path) => fits.test(path));
      const files = [...texts].map(([path, text]) => ({ path, text })).sort((a, b) => (a.path < b.path ? -1 : 1));
      return files.length === 0 ? ([...refused.values()].find(({ kind }) => kind === 'denied') ?? files) : files;
    },
  };
}

interface Lines {
  bytes: number;
  /** `PATH:TEXT`. */
  lines: string[];
  /** `grep: PATH: REASON`. */
  errors: string[];
}

function linesIn({ parts }: Reply): Lines {
  const [text = Buffer.alloc(0), errors = Buffer.alloc(0)] = parts.map(({ bytes }) => bytes);
  return { bytes: text.length, lines: text.toString('utf8').split('\n'), errors: errors.toString('utf8').split('\n') };
}

/** The text of each path that is meant, and why others have none. A path is known before its text, so that no text passes for that of another file. */
function textsOf(
  { lines, errors }: Lines,
  isMeant: (path: string) => boolean,
): { texts: Map<string, string>; refused: Map<string, Unknown> } {
  const pieces = new Map<string, string[]>();
  for (const line of lines) {
    const path = pathOf(line, isMeant);
    if (path === null) continue;
    const own = pieces.get(path) ?? [];
    if (own.length === 0) pieces.set(path, own);
    own.push(line.slice(path.length + 1), '\n');
  }
  const refused = errors.flatMap((line): [string, Unknown][] => {
    const rest = line.replace(/^\S*grep: /, '');
    const path = pathOf(rest, isMeant);
    return path === null ? [] : [[path, reasonOf(line)]];
  });
  return { texts: new Map([...pieces].map(([path, own]) => [path, own.join('')])), refused: new Map(refused) };
}

function pathOf(line: string, isMeant: (path: string) => boolean): string | null {
  for (let at = line.indexOf(':'); at >= 0; at = line.indexOf(':', at + 1)) {
    if (isMeant(line.slice(0, at))) return line.slice(0, at);
  }
  return null;
}

function fitting(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/:]*')}$`);
}
