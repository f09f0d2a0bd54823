import type { ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import type { Ran } from '../../core/host.ts';
import { absent, failed, timedOut, type Unknown } from '../../core/unknown.ts';
import { failureOf } from './failure.ts';

/** The only folders whose programs are run; the caller's PATH is of no matter. */
const FOLDERS = ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/local/sbin', '/usr/local/bin'];
const ENVIRONMENT = { PATH: FOLDERS.join(':'), LC_ALL: 'C', LANG: 'C' };
const COMMAND_MS = 4_000;
const MOST_BYTES = 1024 * 1024;

/** Runs a program of the system with words, in a group of its own that is killed whole at the deadline. */
export async function run(program: string, words: readonly string[], mostBytes = MOST_BYTES): Promise<Ran | Unknown> {
  const path = located(program);
  if (path === null) return absent(`${program} is not installed`);
  const { spawn } = await import('node:child_process');
  return new Promise((resolve) => {
    const child = spawn(path, words, { env: ENVIRONMENT, cwd: '/', detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    let ended: Unknown | null = null;
    const end = (why: Unknown) => {
      ended ??= why;
      killGroup(child);
    };
    const timer = setTimeout(() => end(timedOut(`not done within ${COMMAND_MS / 1000} s`)), COMMAND_MS);
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (chunk: string) => {
        output[stream] += chunk;
        if (output[stream].length > mostBytes) end(failed(`more than ${mostBytes / 1024 / 1024} MiB of output`));
      });
    }
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve(failureOf(error));
    });
    child.on('exit', () => {
      // A grandchild may still hold the pipes: what it would add later is none of this program's answer.
      if (ended !== null) child.stdout.destroy();
      if (ended !== null) child.stderr.destroy();
    });
    child.on('close', (exit, signal) => {
      clearTimeout(timer);
      resolve(ended ?? (exit === null ? failed(`ended by ${signal}`) : { exit, ...output }));
    });
  });
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

function located(program: string): string | null {
  if (!/^[A-Za-z0-9][\w.+-]*$/.test(program)) return null;
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
