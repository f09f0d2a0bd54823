import { type ChildProcess, execFileSync, spawn, type StdioOptions } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

const ROOT = new URL('../../', import.meta.url).pathname;
/** The real program, as it is published. */
export const WARD = join(ROOT, 'bin/ward.cjs');

/** How one run ended, and what it printed. */
export interface Run {
  exit: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  env?: Readonly<Record<string, string>>;
  cwd?: string;
}

/** A home of the tests' own, in which no configuration and no state of this machine is found. */
export const home = mkdtempSync(join(tmpdir(), 'ward-cli-'));

/** Builds once, if anything changed, and leaves nothing behind. */
export function useWard(): void {
  beforeAll(() => void execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, stdio: 'pipe' }), 120_000);
  afterAll(() => rmSync(home, { recursive: true, force: true }));
}

/** Nothing of the caller's environment but what a program needs. */
export function environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    LANG: 'C.UTF-8',
    TERM: 'xterm',
    WARD_STATE_DIR: join(home, 'state'),
    XDG_RUNTIME_DIR: process.env['XDG_RUNTIME_DIR'] ?? home,
    ...more,
  };
}

/** Starts ward; whoever starts it waits for its end. */
export function startWard(
  words: readonly string[],
  { env = {}, cwd = home }: RunOptions = {},
  stdio: StdioOptions = ['ignore', 'pipe', 'pipe'],
): ChildProcess {
  return spawn(process.execPath, [WARD, ...words], { cwd, env: environment(env), stdio });
}

/** Runs ward to its end. */
export async function ward(words: readonly string[], options: RunOptions = {}): Promise<Run> {
  return ended(startWard(words, options));
}

/** Waits for the end and gathers what was printed. */
export function ended(child: ChildProcess): Promise<Run> {
  return new Promise((resolve) => {
    const run: Run = { exit: null, stdout: '', stderr: '' };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (run.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (run.stderr += text));
    child.on('close', (exit) => resolve({ ...run, exit }));
  });
}
