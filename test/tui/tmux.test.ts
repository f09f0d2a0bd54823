import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WARD } from '../cli/run-ward.ts';
import { FOLDER } from './story.ts';

const TMUX = ['/usr/bin/tmux', '/usr/local/bin/tmux', '/bin/tmux'].find((path) => existsSync(path)) ?? null;
const WAIT_MS = 40_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ward-tmux-'));
  // A shell that shows what the terminal is like before and after.
  writeFileSync(
    join(folder, 'run.sh'),
    `printf 'before\\n'; stty -a > before.txt; "$@"; printf 'ended with %s\\n' $?; stty -a > after.txt; exec cat\n`,
  );
});
afterEach(() => {
  tmux('kill-server');
  rmSync(folder, { recursive: true, force: true });
});

function tmux(...words: readonly string[]): string {
  const { stdout } = spawnSync(TMUX ?? '', ['-S', join(folder, 'socket'), '-f', '/dev/null', ...words], { encoding: 'utf8' });
  return stdout;
}

function open(columns: number, rows: number): void {
  const env = { LANG: 'C.UTF-8', TERM: 'screen-256color', WARD_THEME: 'dark', HOME: folder };
  const said = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  const ward = [process.execPath, WARD, 'monitor', 'live', '--replay', FOLDER, '--utc'];
  tmux('new-session', '-d', '-x', String(columns), '-y', String(rows), '-c', folder, ...said, '/bin/sh', 'run.sh', ...ward);
}

const press = (...keys: readonly string[]) => tmux('send-keys', ...keys);
const seen = () => tmux('capture-pane', '-p');

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
    for (let size = 20; size < 200; size += 6) tmux('resize-window', '-x', String(size), '-y', String(5 + (size % 45)));
    tmux('resize-window', '-x', '50', '-y', '10');
    await shows('This window is 50 x 10');
    tmux('resize-window', '-x', '140', '-y', '45');
    await shows(/^ {2}Subsystems/m);
    expect(seen().split('\n')[0]).toMatch(/^ *✗ \d critical/);
  });

  it.each([
    ['TERM', 143],
    ['HUP', 129],
  ])('leaves a usable terminal behind on SIG%s, with its exit code', async (signal, exit) => {
    open(100, 30);
    await shows(LAST);
    const pid = tmux('list-panes', '-F', '#{pane_pid}').trim();
    const child = spawnSync('pgrep', ['-P', pid], { encoding: 'utf8' }).stdout.trim();
    process.kill(Number(child), `SIG${signal}`);
    const left = await shows(`ended with ${exit}`);
    expect(left).toContain('before');
  });
});
