import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn, spawnSync } from 'node:child_process';

/** A step that failed: which one, why, and what to look at. */
export class LabError extends Error {}

/** A program and its words; never a line for a shell. */
export type Words = readonly [program: string, ...words: string[]];

/** What a run may need beside its words. */
export interface RunOptions {
  /** Text on standard input. */
  input?: string;
  /** Seconds until it is killed; 60 where nothing is said. */
  limit_s?: number;
  cwd?: string;
  env?: Readonly<Record<string, string>>;
}

/** How a program ended, and what it printed. */
export interface Ran {
  exit: number;
  stdout: string;
  stderr: string;
}

/** Limits are written for a machine that has nothing else to do; a busy one may take so many times as long, and what never comes is still told. */
const PATIENCE = 4;

/** Unix milliseconds by which the work at hand must be done, whatever limits its steps have. */
const deadline = new AsyncLocalStorage<number>();

/** Does something that consists of steps under one limit for all of them. */
export async function within(limit_s: number, work: () => unknown): Promise<void> {
  await deadline.run(Date.now() + limit_s * PATIENCE * 1000, work);
}

function soonest(limit_s: number): number {
  return Math.min(Date.now() + limit_s * PATIENCE * 1000, deadline.getStore() ?? Number.POSITIVE_INFINITY);
}

/** Runs a program and gives what it printed; a failure names the program and its last line of errors. */
export function run(words: Words, options: RunOptions = {}): string {
  const { exit, stdout, stderr } = ran(words, options);
  if (exit === 0) return stdout;
  throw new LabError(`${words.join(' ').slice(0, 160)} ended with ${exit}: ${lastLine(stderr) || lastLine(stdout)}`);
}

/** The same, with the exit code as an answer. */
export function ran([program, ...words]: Words, { input = '', limit_s = 60, cwd = process.cwd(), env }: RunOptions = {}): Ran {
  const { status, stdout, stderr, error } = spawnSync(program, words, {
    input,
    cwd,
    encoding: 'utf8',
    timeout: Math.max(1, Math.round(soonest(limit_s) - Date.now())),
    killSignal: 'SIGKILL',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, LC_ALL: 'C', ...env },
  });
  if (error === undefined) return { exit: status ?? 127, stdout, stderr };
  const late = (error as NodeJS.ErrnoException).code === 'ETIMEDOUT';
  return { exit: late ? 124 : 127, stdout: stdout ?? '', stderr: late ? `not done within ${limit_s * PATIENCE} s` : error.message };
}

/** Starts a program that goes on after this one ends, its output in an open file; gives its process number. */
export function start([program, ...words]: Words, log: number): number {
  const child = spawn(program, words, { detached: true, stdio: ['ignore', log, log] });
  child.on('error', () => {});
  child.unref();
  if (child.pid === undefined) throw new LabError(`${program} could not be started; is it installed?`);
  return child.pid;
}

/** Whoever waits for longer is told for what. */
const SILENT_MS = 20_000;

/** Waits until the state is there, looking again and again; after the limit it says which state never came, and where to look or how it differs. */
export async function until(
  what: string,
  limit_s: number,
  there: () => boolean | Promise<boolean>,
  look: string | (() => string) = '',
): Promise<void> {
  const end = soonest(limit_s);
  let told_ms = Date.now();
  while (!(await there())) {
    if (Date.now() - told_ms > SILENT_MS) {
      say(`waiting until ${what}`);
      told_ms = Date.now();
    }
    if (Date.now() > end)
      throw new LabError(`${what}: not so within ${limit_s * PATIENCE} s${typeof look === 'string' ? whereToLook(look) : `: ${look()}`}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

function whereToLook(look: string): string {
  return look === '' ? '' : `; look at: ${look}`;
}

/** A line of progress, away from the data. */
export function say(text: string): void {
  process.stderr.write(`lab: ${text}\n`);
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
