import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inTerminal, LIVE } from './in-terminal.ts';
import { TMUX } from './tmux-terminal.ts';

const { open, press, ask, seen, shows, pid, settings, close } = inTerminal();

const WHOLE = /recorded +03:1[45]|4 of 5 nodes.* 03:1[45]/;
/** By then every end must be over. */
const END_MS = 2000;
/** Which screen, and whether cursor and wrapping are on. */
const MODES = '#{alternate_on} #{cursor_flag} #{wrap_flag} #{insert_flag} #{keypad_flag}';

const crashing = (where: string) => [process.execPath, new URL('crashing-screen.ts', import.meta.url).pathname, where];

/** Whether it still runs; one that has ended and that nobody has collected does not. */
function runs(of: number): boolean {
  try {
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${of}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe.skipIf(TMUX === null)(`the end of the live screen${TMUX === null ? ' (skipped: tmux is not installed)' : ''}`, () => {
  it.each([
    ['inside a frame', 'frame', 'this frame cannot be drawn'],
    ['where nobody waits for it', 'promise', 'nobody waits for this'],
  ])('by a fault %s gives the terminal back and says so in one line within 2 s', async (_what, where, message) => {
    open(100, 30, crashing(where));
    await shows('reading');
    process.kill(pid(), 'SIGUSR2');
    const left = await shows('ended with 70', END_MS);
    expect(left).toMatch(
      new RegExp(`^before\nward: no inventory.*\nward: fault in ward: ${message}\n      With WARD_DEBUG=1 .*\nended with 70`),
    );
    const [before, after] = settings();
    expect(after).toBe(before);
    expect(ask(MODES)).toBe('0 1 1 0 0');
  });

  it('by a terminal that is closed under it comes within 2 s', async () => {
    open(100, 30);
    await shows(WHOLE);
    const live = pid();
    expect(runs(live)).toBe(true);
    close();
    await expect.poll(() => runs(live), { timeout: END_MS, interval: 20 }).toBe(false);
  });

  it('by kill -9 leaves a terminal that `reset` makes usable', async () => {
    open(100, 30);
    await shows(WHOLE);
    process.kill(pid(), 'SIGKILL');
    await shows('ended with 137');
    // Enter is no end of a line there any more, as after any program that was killed in raw mode.
    press('C-j', 'reset', 'C-j');
    await expect.poll(() => ask('#{cursor_flag} #{wrap_flag}'), { timeout: 20_000 }).toBe('1 1');
    // It waits for slow terminals, and what is typed meanwhile is lost.
    const typed = () => {
      press('clear; stty -a > after.txt; echo usable', 'Enter');
      return seen();
    };
    await expect.poll(typed, { timeout: 20_000, interval: 500 }).toMatch(/^usable/m);
    const [, after] = settings();
    for (const flag of ['icanon', 'echo', 'isig', 'icrnl', 'opost', 'onlcr']) expect(after).toMatch(new RegExp(`(^|\\s)${flag}\\b`));
  });
});

describe.skipIf(TMUX === null)(`bad inputs 15 and 16 on the live screen${TMUX === null ? ' (skipped: tmux is not installed)' : ''}`, () => {
  it('without a keyboard it says what a script should use, and touches nothing', async () => {
    open(100, 30, ['/bin/sh', '-c', '"$@" < /dev/null', 'sh', ...LIVE]);
    const left = await shows('ended with 2');
    expect(left).toContain('ward: monitor live needs a terminal to read keys from, and this input is not one');
    expect(left).toContain('For a script: ward monitor cluster --json');
  });

  it.each([
    ['a terminal that can do nothing', 'TERM=dumb'],
    ['a locale that is not UTF-8', 'LC_ALL=C'],
    ['who wants it', 'WARD_ASCII=1'],
  ])('%s is shown plain ASCII on every tab', async (_what, setting) => {
    open(120, 40, ['/usr/bin/env', setting, ...LIVE]);
    await shows(WHOLE);
    for (const [tab, title] of ['Subsystems', 'Nodes 5', 'Units 11', 'Mesh 5', 'DNS', 'Namespaces', 'Containers 15', 'Alerts'].entries()) {
      press(String(tab + 1));
      await shows(new RegExp(`^ {2}${title}`, 'm'));
      expect(seen()).toMatch(/^[\x20-\x7e\n]*$/);
    }
  });
});
