import { type ChildProcess, spawn } from 'node:child_process';
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
export function runSsh(program: string, words: readonly string[], env: NodeJS.ProcessEnv, limits: Limits): Promise<Ran> {
  if (!guarded) process.on('exit', () => running.forEach(killGroup));
  guarded = true;
  return new Promise((resolve) => {
    const child = spawn(program, words, { env, detached: true, stdio: [limits.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
    // Whoever stops reading early says why in another way.
    child.stdin?.on('error', () => undefined).end(limits.input);
    const output: Buffer[] = [];
    let bytes = 0;
    let errors = '';
    let loggedIn = false;
    let done = false;

    const finish = (end: Ran['end'], exit: number | null, in_name_lookup = false) => {
      if (done) return;
      done = true;
      clearTimeout(timer);
      limits.signal?.removeEventListener('abort', abort);
      if (child.pid !== undefined) running.delete(child.pid);
      if (end !== 'exit') letGo(child);
      resolve({ stdout: Buffer.concat(output), stderr: errors, exit, end, in_name_lookup });
    };
    const abort = () => finish('aborted', null);
    const timer = setTimeout(() => finish('deadline', null, waitsForName(child.pid ?? 0) === true), Math.max(0, limits.ms));

    if (child.pid !== undefined) running.add(child.pid);
    if (limits.signal?.aborted === true) abort();
    limits.signal?.addEventListener('abort', abort, { once: true });
    child.stdout.on('data', (chunk: Buffer) => {
      output.push(chunk);
      bytes += chunk.length;
      if (bytes > limits.bytes) finish('too-large', null);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (errors.length < MOST_ERRORS) errors += chunk.toString('utf8').slice(0, MOST_ERRORS - errors.length);
      if (!loggedIn && isLoggedIn(errors)) {
        loggedIn = true;
        limits.onLogin?.();
      }
    });
    child.on('error', (error) => {
      errors += error.message;
      finish('not-started', null);
    });
    child.on('exit', (exit) => lingering(() => bytes, () => finish('exit', exit)));
    child.on('close', (exit) => finish('exit', exit));
  });
}

/** Goes on once nothing has come for a while; twice at least, for a busy moment of ours lets time pass before what is already there is read. */
function lingering(bytes: () => number, goOn: () => void): void {
  let before = -1;
  const timer = setInterval(() => {
    if (bytes() !== before) {
      before = bytes();
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
