import type { ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import type { Ran } from '../../core/host.ts';
import { absent, failed, notAsked, timedOut, type Unknown } from '../../core/unknown.ts';
import { builtin } from './builtin.ts';
import { failureOf } from './failure.ts';
import { mib, seconds } from './limits.ts';

/** The only folders whose programs are run, the system's own first; the caller's PATH is of no matter. */
const FOLDERS = ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/local/sbin', '/usr/local/bin'];
const ENVIRONMENT = { PATH: FOLDERS.join(':'), LC_ALL: 'C' };
/** The names that programs may have. */
export const PROGRAM = /^[A-Za-z0-9][\w.+-]*$/;

/** How long a program may take and how much it may print, each of its two outputs by itself. */
export interface Limits {
  ms: number;
  bytes: number;
}

/** Runs a program of the system with words, in a group of its own of which nothing is left when the answer is there. */
export async function run(program: string, words: readonly string[], limits: Limits): Promise<Ran | Unknown> {
  const path = located(program);
  if (path === null) return absent(`${program} is not installed`);
  if (words.some((word) => word.includes('\0'))) return notAsked('failed', 'a word for a program cannot hold a NUL');
  const asked = [path, ...words].join('\0');
  if (stuck.has(asked)) return timedOut('it is still not done since it was asked before');
  const { spawn } = await builtin('node:child_process');
  return new Promise((resolve) => {
    const child = spawn(path, words, { env: ENVIRONMENT, cwd: '/', detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    endedWithUs(child);
    const output: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
    const end = (answer: Ran | Unknown) => {
      clearTimeout(timer);
      resolve(answer);
    };
    const stop = (why: Unknown) => {
      letGo(child);
      keptOut(asked, child);
      end(why);
    };
    const timer = setTimeout(() => stop(timedOut(`not done within ${seconds(limits.ms)}`)), limits.ms);
    for (const stream of ['stdout', 'stderr'] as const) {
      let total = 0;
      child[stream].on('data', (chunk: Buffer) => {
        output[stream].push(chunk);
        total += chunk.length;
        if (total > limits.bytes) stop(failed(`more than ${mib(limits.bytes)} of output`));
      });
    }
    child.on('error', (error) => end(failureOf(error)));
    // What it started and left behind would hold the outputs open.
    child.on('exit', () => killGroup(child));
    child.on('close', (exit, signal) => {
      end(exit === null ? failed(`ended by ${signal}`) : { exit, stdout: text(output.stdout), stderr: text(output.stderr) });
    });
  });
}

/** What even the kernel could not end yet: asked again and again, it would only become more. */
const stuck = new Set<string>();

function keptOut(asked: string, child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  stuck.add(asked);
  child.once('exit', () => stuck.delete(asked));
}

const running = new Set<ChildProcess>();

/** Its group is its own, so no signal that ends us reaches it; our last act does. */
function endedWithUs(child: ChildProcess): void {
  if (running.size === 0) process.once('exit', endAll);
  running.add(child);
  child.once('exit', () => {
    running.delete(child);
    if (running.size === 0) process.removeListener('exit', endAll);
  });
}

function endAll(): void {
  for (const child of running) killGroup(child);
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}

/** Ends the whole group; one that even the kernel cannot end is not waited for. */
function letGo(child: ChildProcess): void {
  killGroup(child);
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.unref();
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

function located(program: string): string | null {
  if (!PROGRAM.test(program)) return null;
  return FOLDERS.map((folder) => `${folder}/${program}`).find(executable) ?? null;
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
