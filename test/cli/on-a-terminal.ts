import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { environment, home, WARD } from './run-ward.ts';

/** The program that gives us a pseudo-terminal; null where it is not installed, and then these tests are skipped by name. */
export const SCRIPT = ['/usr/bin/script', '/bin/script'].find((path) => existsSync(path)) ?? null;

/** Starts ward on a terminal of so many columns. Without a pager, unless it is named. What it prints, on both outputs, comes out as the terminal would get it. */
export function onTerminal(words: readonly string[], columns: number, env: Readonly<Record<string, string>> = {}): ChildProcess {
  const line = [
    'stty',
    'cols',
    String(columns),
    'rows',
    '40',
    '-echo;',
    'exec',
    process.execPath,
    WARD,
    ...words.map((word) => `'${word}'`),
  ].join(' ');
  return spawn(SCRIPT ?? '', ['-qec', line, '/dev/null'], {
    cwd: home,
    env: environment({ SHELL: '/bin/sh', WARD_PAGER: '', ...env }),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}
