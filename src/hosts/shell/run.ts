import type { Ran } from '../../core/host.ts';
import { absent, failed, notAsked, timedOut, Unknown } from '../../core/unknown.ts';
import { type Limits, PROGRAM } from '../local/run.ts';
import { mib, seconds } from '../local/limits.ts';
import { steadyMs } from '../steady-ms.ts';
import { MOST_ERRORS } from './program.ts';
import type { Reply } from './replies.ts';
import type { Shell } from './shell.ts';
import { cannotEnd } from './tools.ts';

/** What a program ended with, every byte of its output kept. */
export interface RanBytes {
  exit: number;
  stdout: Buffer;
  stderr: string;
}

/** How a program of the host is run, in a group of its own of which nothing is left after `ms`. */
export type Run = (program: string, words: readonly string[], limits: Limits) => Promise<Ran | Unknown>;

/** Runs programs of the host; their output is text, and bytes that are none are lost. */
export function runThere(shell: Shell): Run {
  return async (program, words, limits) => {
    const ran = await started(shell, 'asis', { program, words, limits });
    return ran instanceof Unknown ? ran : { ...ran, stdout: ran.stdout.toString('utf8') };
  };
}

/** The same for text that may be of any bytes. */
export function runForAnyText(shell: Shell): Run {
  return async (program, words, limits) => {
    const ran = await runForBytes(shell, program, words, limits);
    return ran instanceof Unknown ? ran : { ...ran, stdout: ran.stdout.toString('utf8') };
  };
}

/** The same where each byte counts; it comes at three times the size. */
export async function runForBytes(shell: Shell, program: string, words: readonly string[], limits: Limits): Promise<RanBytes | Unknown> {
  const ran = await started(shell, 'hex', { program, words, limits });
  return ran instanceof Unknown ? ran : { ...ran, stdout: Buffer.from(ran.stdout.toString('latin1').replaceAll(/\s/g, ''), 'hex') };
}

interface Start {
  program: string;
  words: readonly string[];
  limits: Limits;
}

async function started(shell: Shell, kind: 'asis' | 'hex', { program, words, limits }: Start): Promise<RanBytes | Unknown> {
  if (!PROGRAM.test(program)) return absent(`${program} is not installed`);
  if (words.some((word) => word.includes('\0'))) return notAsked('failed', 'a word for a program cannot hold a NUL');
  const end_ms = steadyMs() + limits.ms;
  const tools = await shell.tools();
  if (tools instanceof Unknown) return tools;
  const refused = cannotEnd(tools);
  if (refused !== null) return refused;
  const { bytes } = limits;
  // The first question of all has waited for the shell.
  const ms = Math.max(1, Math.round(end_ms - steadyMs()));
  const late = `not done within ${seconds(limits.ms)}`;
  const reply = await shell.ask({ kind, words: [program, ...words], ms, late, bytes: bytes + 1 });
  const ran = reply instanceof Unknown ? reply : ranIn(reply, program, kind === 'hex' ? (bytes + 1) * 3 : bytes + 1, bytes);
  // The shell ends it there when its time is over, and word of that may come before our own clock is looked at.
  return ran instanceof Unknown && ran.reason === KILLED && steadyMs() >= end_ms ? timedOut(late) : ran;
}

const KILLED = 'ended by SIGKILL';

/** The errors end with a line of the exit code, or `none` where there is no such program. */
function ranIn({ parts }: Reply, program: string, full: number, bytes: number): RanBytes | Unknown {
  const [stdout = Buffer.alloc(0), errors = Buffer.alloc(0)] = parts.map((part) => part.bytes);
  if (stdout.length >= full) return failed(`more than ${mib(bytes)} of output`);
  if (errors.length >= MOST_ERRORS) return failed(`more than ${mib(MOST_ERRORS)} of errors`);
  const text = errors.toString('utf8');
  const at = text.lastIndexOf('\n');
  const [stderr, code] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
  if (code === 'none') return absent(`${program} is not installed`);
  return /^\d+$/.test(code) ? endedWith(Number(code), stdout, stderr) : failed('it ended, and its exit code was lost');
}

/** A shell tells the signal that ended a program by an exit code beyond 128. */
function endedWith(exit: number, stdout: Buffer, stderr: string): RanBytes | Unknown {
  const signal = exit - 128;
  return signal > 0 && signal <= 64 ? failed(`ended by ${SIGNALS.get(signal) ?? `signal ${signal}`}`) : { exit, stdout, stderr };
}

const SIGNALS = new Map([
  [1, 'SIGHUP'],
  [2, 'SIGINT'],
  [3, 'SIGQUIT'],
  [4, 'SIGILL'],
  [6, 'SIGABRT'],
  [7, 'SIGBUS'],
  [8, 'SIGFPE'],
  [9, 'SIGKILL'],
  [11, 'SIGSEGV'],
  [13, 'SIGPIPE'],
  [15, 'SIGTERM'],
]);
