import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { isLoggedIn } from './ssh-lines.ts';
import { waitsForName } from './stuck-at.ts';

/** How one run of ssh may go on. */
export interface Limits {
  ms: number;
  /** Of standard output; what goes beyond ends it. */
  bytes: number;
  signal: AbortSignal | null;
  /** For standard input; without it there is none. */
  input?: Buffer;
  /** Called once, when the node let us in. */
  onLogin?: () => void;
}

/** What a run of ssh left behind. Its exit code says little: the node's own 255 looks like a connection that never was. */
export interface Ran {
  stdout: Buffer;
  /** Its beginning, at most 64 KiB. */
  stderr: string;
  exit: number | null;
  end: 'exit' | 'deadline' | 'too-large' | 'aborted' | 'not-started';
  /** At the deadline: whether it still waited for a name server. */
  in_name_lookup: boolean;
}

const MOST_ERRORS = 64 * 1024;
/** A process that ended may have left its outputs to one that goes on; they are not waited for longer. */
const LINGER_MS = 500;

const running = new Set<number>();
let guarded = false;

/**
 * Runs ssh in a process group of its own and ends the whole group at the deadline, when too much came, or when ward itself ends.
 * Never rejects.
 */
export async function runSsh(program: string, words: readonly string[], env: NodeJS.ProcessEnv, limits: Limits): Promise<Ran> {
  const end_ms = performance.now() + limits.ms;
  await nextTurn();
  if (!guarded) process.on('exit', () => running.forEach(killGroup));
  guarded = true;
  return new Promise((resolve) => {
    const stdin = limits.input === undefined ? 'ignore' : 'pipe';
    const child = spawn(program, words, { env, detached: true, stdio: [stdin, 'pipe', 'pipe'] }) as ChildProcessByStdio<
      Writable | null,
      Readable,
      Readable
    >;
    // Whoever stops reading early says why in another way.
    child.stdin?.on('error', () => undefined).end(limits.input);
    let done = false;
    const finish = (end: Ran['end'], exit: number | null, in_name_lookup = false) => {
      if (done) return;
      done = true;
      clearTimeout(timer);
      limits.signal?.removeEventListener('abort', abort);
      if (child.pid !== undefined) running.delete(child.pid);
      if (end !== 'exit') letGo(child);
      resolve({ stdout: Buffer.concat(heard.output), stderr: heard.errors, exit, end, in_name_lookup });
    };
    const heard = listenTo(child, limits, () => finish('too-large', null));
    const abort = () => finish('aborted', null);
    const timer = setTimeout(
      () => finish('deadline', null, waitsForName(child.pid ?? 0) === true),
      Math.max(0, end_ms - performance.now()),
    );

    if (child.pid !== undefined) running.add(child.pid);
    if (limits.signal?.aborted === true) abort();
    limits.signal?.addEventListener('abort', abort, { once: true });
    child.on('error', (error) => {
      heard.errors += error.message;
      finish('not-started', null);
    });
    child.on('exit', (exit) => lingering(heard, () => finish('exit', exit)));
    child.on('close', (exit) => finish('exit', exit));
  });
}

let turn: Promise<unknown> = Promise.resolve();

/**
 * Starting a process takes ten milliseconds and more in which this one does nothing else, so that no two are started without looking in between at
 * what has come, and at the clock.
 */
function nextTurn(): Promise<unknown> {
  turn = turn.then(() => new Promise((resolve) => setImmediate(resolve)));
  return turn;
}

/** What has come so far. */
interface Heard {
  output: Buffer[];
  bytes: number;
  errors: string;
}

function listenTo(child: ChildProcess, { bytes, onLogin }: Limits, tooMuch: () => void): Heard {
  const heard: Heard = { output: [], bytes: 0, errors: '' };
  let loggedIn = false;
  child.stdout?.on('data', (chunk: Buffer) => {
    heard.output.push(chunk);
    heard.bytes += chunk.length;
    if (heard.bytes > bytes) tooMuch();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    if (heard.errors.length < MOST_ERRORS) heard.errors += chunk.toString('utf8').slice(0, MOST_ERRORS - heard.errors.length);
    if (loggedIn || !isLoggedIn(heard.errors)) return;
    loggedIn = true;
    onLogin?.();
  });
  return heard;
}

/** Goes on once nothing has come for a while; twice at least, for a busy moment of ours lets time pass before what is already there is read. */
function lingering(heard: Heard, goOn: () => void): void {
  let before = -1;
  const timer = setInterval(() => {
    if (heard.bytes !== before) {
      before = heard.bytes;
      return;
    }
    clearInterval(timer);
    goOn();
  }, LINGER_MS);
  timer.unref();
}

/** Ends the whole group, and does not wait for what even the kernel cannot end. */
function letGo(child: ChildProcess): void {
  if (child.pid !== undefined) killGroup(child.pid);
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.unref();
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
