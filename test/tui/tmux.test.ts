import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WARD } from '../cli/run-ward.ts';
import { FOLDER } from './story.ts';
import { openTmux, TMUX, type TmuxTerminal } from './tmux-terminal.ts';

const WAIT_MS = 40_000;

let folder: string;
let on: TmuxTerminal | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ward-tmux-'));
  // A shell that shows what the terminal is like before and after.
  writeFileSync(
    join(folder, 'run.sh'),
    `printf 'before\\n'; stty -a > before.txt; "$@"; printf 'ended with %s\\n' $?; stty -a > after.txt; exec cat\n`,
  );
});
afterEach(() => {
  on?.end();
  // What ran there is told to end, and may still write a moment longer.
  rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
});

function open(columns: number, rows: number): void {
  const env = { LANG: 'C.UTF-8', TERM: 'screen-256color', WARD_THEME: 'dark', HOME: folder };
  const ward = [process.execPath, WARD, 'monitor', 'live', '--replay', FOLDER, '--utc'];
  on = openTmux(folder, { columns, rows, env }, ['/bin/sh', 'run.sh', ...ward]);
}

const press = (...keys: readonly string[]) => on?.press(...keys);
const seen = () => on?.screen() ?? '';

/** Waits for the screen to show it; what is there instead is in the failure. */
async function shows(text: string | RegExp): Promise<string> {
  await expect.poll(seen, { timeout: WAIT_MS, interval: 50 }).toMatch(text);
  return seen();
}

const LAST = /recorded +03:1[45]|4 of 5 nodes.* 03:1[45]/;

describe.skipIf(TMUX === null)(`the live screen in a real terminal${TMUX === null ? ' (skipped: tmux is not installed)' : ''}`, () => {
  it('opens with what is worst, goes through every tab, and gives the terminal back on q', async () => {
    open(120, 40);
    await shows(LAST);
    await shows(/✗ \d critical.+testnet/);
    for (const [key, title] of [
      ['2', 'Nodes 5'],
      ['3', 'Units 11'],
      ['4', 'Mesh 5'],
      ['5', 'DNS'],
      ['6', 'No namespaces on the'],
      ['7', 'Containers 15'],
      ['8', 'Alerts'],
    ] as const) {
      press(key);
      await shows(title);
    }
    press('1');
    press('Tab');
    await shows(/^ {2}Nodes 5/m);
    press('BTab');
    await shows(/^ {2}Subsystems/m);
    press('q');
    const left = await shows('ended with 0');
    expect(left).toContain('before');
    expect(left).not.toContain('Overview');
    const { stdout } = spawnSync('cmp', [join(folder, 'before.txt'), join(folder, 'after.txt')], { encoding: 'utf8' });
    expect(stdout).toBe('');
  });

  it('filters, opens, goes back, asks for help and runs a command by its keys', async () => {
    open(80, 24);
    await shows(LAST);
    press('7', '/', 's', 'h', 'o', 'p');
    await shows('6/15');
    press('Enter', 'Enter');
    await shows('Containers › shop-web');
    press('Escape');
    await shows('6/15');
    press('Escape');
    await shows('Containers 15');
    press('?');
    await shows('─ Help ─');
    press('Escape', ':', 'n', 'o', 'd', 'e', 'Space', 'n', 's', '2', 'Enter');
    await shows('› ns2');
    press('C-c');
    expect(await shows('ended with 0')).toContain('before');
  });

  it('follows the window through a storm of sizes, and says when it is too small', async () => {
    open(120, 40);
    await shows(LAST);
    for (let size = 20; size < 200; size += 6) on?.resize(size, 5 + (size % 45));
    on?.resize(50, 10);
    await shows('This window is 50 x 10');
    on?.resize(140, 45);
    await shows(/^ {2}Subsystems/m);
    expect(seen().split('\n')[0]).toMatch(/^ *✗ \d critical/);
  });

  it.each([
    ['TERM', 143],
    ['HUP', 129],
  ])('leaves a usable terminal behind on SIG%s, with its exit code', async (signal, exit) => {
    open(100, 30);
    await shows(LAST);
    const pid = on?.ask('#{pane_pid}') ?? '';
    const child = spawnSync('pgrep', ['-P', pid], { encoding: 'utf8' }).stdout.trim();
    process.kill(Number(child), `SIG${signal}`);
    const left = await shows(`ended with ${exit}`);
    expect(left).toContain('before');
  });
});
