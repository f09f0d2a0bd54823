import type { FileText } from './host.ts';
import { unparsed } from './unknown.ts';

/** One process as its line in /proc/PID/stat has it (proc_pid_stat(5)). */
export interface ProcessStat {
  pid: number;
  /** The name it gave itself: may hold blanks, parentheses, newlines and anything else. */
  name: string;
  /** R, S, D, Z, T, I … */
  state: string;
  ppid: number;
  /** CPU time in user and kernel mode, in hundredths of a second. */
  ticks: number;
  /** Hundredths of a second after boot: with the pid it tells one process from its successor. */
  started: number;
  rss_pages: number;
}

/** Every process in the files of `/proc/PID/stat`; what is no process there (self, net …) or ended meanwhile is left out. */
export function processStats(files: readonly FileText[]): ProcessStat[] {
  const found = files.flatMap(({ path, text }) => (/^\/proc\/\d+\/stat$/.test(path) && text.trim() !== '' ? [processStat(text)] : []));
  if (found.length === 0) throw unparsed('not one process');
  return found;
}

/** The process that read these files; null where they do not tell. */
export function readerOf(files: readonly FileText[]): number | null {
  const self = files.find(({ path }) => path === '/proc/self/stat')?.text ?? '';
  const pid = /^\d{1,10}(?= \()/.exec(self)?.[0];
  return pid === undefined ? null : Number(pid);
}

/** Nothing behind the memory that it uses is looked at; the first two stand before the parenthesis. */
const LAST_FIELD = 24;

/** Reads the line from its last closing parenthesis on, for the name before it may hold anything. */
export function processStat(line: string): ProcessStat {
  const open = line.indexOf('(');
  const close = line.lastIndexOf(')');
  const [state = '', ...numbers] = line
    .slice(close + 1)
    .trim()
    .split(' ', LAST_FIELD - 2);
  const field = (number: number) => Number(numbers[number - 4]);
  const process = {
    pid: Number(line.slice(0, Math.max(open, 0)).trim()),
    name: line.slice(open + 1, close),
    state,
    ppid: field(4),
    ticks: field(14) + field(15),
    started: field(22),
    rss_pages: field(24),
  };
  const { pid, ppid, ticks, started, rss_pages } = process;
  if (open < 1 || close < open || !/^[A-Za-z]$/.test(state) || ![pid, ppid, ticks, started, rss_pages].every(Number.isSafeInteger)) {
    throw unparsed('no line of /proc/PID/stat');
  }
  return process;
}
