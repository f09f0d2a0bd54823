import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** The program that lends a pseudo-terminal; null where it is not installed. */
export const SCRIPT = ['/usr/bin/script', '/bin/script'].find((path) => existsSync(path)) ?? null;

/** A program on a pseudo-terminal of which every byte is seen. */
export interface Pty {
  /** Of the program itself. */
  pid(): number;
  write(keys: string): void;
  /** What it wrote since the last `forget`. */
  text(): string;
  forget(): void;
  /** Fulfilled once what it wrote fits; rejected after a minute with the end of what is there. */
  until(fits: (text: string) => boolean): Promise<void>;
  /** From now on nobody reads what it writes. */
  stopReading(): void;
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>;
  kill(): void;
}

/** What a program is started with. */
export interface PtyOf {
  columns: number;
  rows: number;
  env: NodeJS.ProcessEnv;
  cwd?: string;
}

/** More is not kept of what it wrote. */
const KEPT = 2_000_000;
const WAIT_MS = 60_000;

/** Starts a program on a pseudo-terminal of this size. `line` is read by a shell. */
export function openPty(line: string, { columns, rows, env, cwd }: PtyOf): Pty {
  const child = spawn(SCRIPT ?? '', ['-qefc', `stty cols ${columns} rows ${rows} -echo; exec ${line}`, '/dev/null'], {
    ...{ stdio: ['pipe', 'pipe', 'inherit'], env: { ...env, SHELL: '/bin/sh' }, cwd },
  });
  let text = '';
  const waiting = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-KEPT);
    for (const look of [...waiting]) look();
  });
  child.stdin.on('error', () => undefined);
  return {
    pid: () => Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ')[0]),
    write: (keys) => void child.stdin.write(keys),
    text: () => text,
    forget: () => {
      text = '';
    },
    until: (fits) =>
      new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`it did not come to it: ${JSON.stringify(text.slice(-500))}`)), WAIT_MS);
        const look = () => {
          if (!fits(text)) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    stopReading: () => void child.stdout.pause(),
    ended: new Promise((resolve) => child.on('exit', resolve)),
    kill: () => void child.kill('SIGKILL'),
  };
}

/** The live screen over a recording, as a line for a shell. */
export function liveLine(folder: string): string {
  return `'${process.execPath}' bin/ward.cjs monitor live --replay '${folder}'`;
}
