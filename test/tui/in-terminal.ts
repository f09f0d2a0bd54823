import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { WARD } from '../cli/run-ward.ts';
import { FOLDER } from './story.ts';
import { openTmux, type TmuxTerminal } from './tmux-terminal.ts';

const WAIT_MS = 40_000;
/** The live screen over the recorded fleet. */
export const LIVE: readonly string[] = [process.execPath, WARD, 'monitor', 'live', '--replay', FOLDER, '--utc'];

/** A terminal for each test, in which a shell shows what it is like before a program and after it. */
export function inTerminal() {
  let folder = '';
  let on: TmuxTerminal | null = null;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ward-tmux-'));
    writeFileSync(
      join(folder, 'run.sh'),
      `printf 'before\\n'; stty -a > before.txt; "$@"; printf 'ended with %s\\n' $?; stty -a > after.txt; exec /bin/sh\n`,
    );
  });
  afterEach(() => {
    on?.end();
    // What ran there is told to end, and may still write a moment longer.
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  });
  const seen = () => on?.screen() ?? '';
  return {
    open(columns: number, rows: number, words = LIVE) {
      const env = { LANG: 'C.UTF-8', TERM: 'screen-256color', WARD_THEME: 'dark', HOME: folder };
      on = openTmux(folder, { columns, rows, env }, ['/bin/sh', 'run.sh', ...words]);
    },
    /** Writes a file into the terminal's folder; gives its path. */
    file(name: string, text: string): string {
      writeFileSync(join(folder, name), text, { mode: 0o600 });
      return join(folder, name);
    },
    press: (...keys: readonly string[]) => on?.press(...keys),
    resize: (columns: number, rows: number) => on?.resize(columns, rows),
    ask: (format: string) => on?.ask(format) ?? '',
    seen,
    /** Waits for the screen to show it; what is there instead is in the failure. */
    async shows(text: string | RegExp, within_ms = WAIT_MS): Promise<string> {
      await expect.poll(seen, { timeout: within_ms, interval: 50 }).toMatch(text);
      return seen();
    },
    /** The process that the shell waits for. */
    pid(): number {
      return Number(spawnSync('pgrep', ['-P', on?.ask('#{pane_pid}') ?? ''], { encoding: 'utf8' }).stdout.trim());
    },
    /** Settings of the line before and after the program. */
    settings: () => ['before.txt', 'after.txt'].map((name) => readFileSync(join(folder, name), 'utf8')) as [string, string],
    /** Closes the terminal under whatever runs in it. */
    close: () => on?.end(),
  };
}
