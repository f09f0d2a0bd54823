import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTmux, type TmuxTerminal } from '../../../test/tui/tmux-terminal.ts';
import { PROJECT, stateFile } from '../../places.ts';
import { LabError, until } from '../../run.ts';
import { AT_LAB } from '../ward.ts';

/** What is looked for on a screen. */
export type Sign = RegExp | ((screen: string) => boolean);

/** A person's shell in a real terminal, in which the live screen over the lab runs. */
export interface LiveScreen {
  columns: number;
  rows: number;
  terminal: TmuxTerminal;
  /** Presses keys by the names that the key table has for them. */
  press(...keys: readonly string[]): void;
  type(text: string): void;
  /** Waits until the screen shows it. */
  shows(sign: Sign, limit_s?: number): Promise<void>;
  /** Waits until the screen shows it no more. */
  lacks(sign: Sign, limit_s?: number): Promise<void>;
  /** The key brings it: it is not there before, and comes. */
  brings(key: string, sign: Sign): Promise<void>;
  /** The key takes it away: it is there before, and goes. */
  takes(key: string, sign: Sign): Promise<void>;
  /** Starts the live screen from the shell, and waits for its first whole round. */
  start(): Promise<void>;
  /** Takes the terminal down, and the shell with all that runs in it. */
  end(): void;
}

/** Of what the shell says: that it waits for a command. */
export const PROMPT = /^lab> $|^lab>$/m;

/** Seconds within which a key has its effect; a busy machine is slow. */
const KEY_S = 15;

/** tmux's names for keys that the key table calls otherwise. */
const NAMES: Readonly<Record<string, string>> = {
  ...{ down: 'Down', up: 'Up', left: 'Left', right: 'Right', home: 'Home', end: 'End', 'page-down': 'NPage', 'page-up': 'PPage' },
  ...{ tab: 'Tab', 'shift-tab': 'BTab', enter: 'Enter', escape: 'Escape', backspace: 'BSpace', space: 'Space' },
  ...{ 'ctrl-c': 'C-c', 'ctrl-d': 'C-d', 'ctrl-l': 'C-l', 'ctrl-u': 'C-u', 'ctrl-z': 'C-z' },
};

/** Opens a terminal of this size with a shell in it. The live screen is not started yet. */
export async function openLiveScreen(columns: number, rows: number): Promise<LiveScreen> {
  const folder = mkdtempSync(join(tmpdir(), 'lab-live-'));
  // In a zone of its own, so that local time and UTC differ in their minutes.
  const env = { LANG: 'C.UTF-8', TERM: 'screen-256color', WARD_THEME: 'dark', TZ: 'Asia/Kathmandu', PS1: 'lab> ', HOME: folder };
  const terminal = openTmux(folder, { columns, rows, env }, ['/bin/bash', '--noprofile', '--norc', '-i']);
  const has = (sign: Sign) => {
    const screen = terminal.screen();
    return typeof sign === 'function' ? sign(screen) : sign.test(screen);
  };
  const waits = (sign: Sign, wanted: boolean, limit_s: number) =>
    until(
      `the screen of ${columns} x ${rows} ${wanted ? 'shows' : 'no longer shows'} ${String(sign)}`,
      limit_s,
      () => has(sign) === wanted,
      () => kept(terminal.screen(), `${columns}x${rows}`),
    );
  const press = (...keys: readonly string[]) => terminal.press(...keys.map((key) => NAMES[key] ?? key));
  const effect = async (key: string, sign: Sign, comes: boolean) => {
    await waits(sign, !comes, KEY_S);
    press(key);
    await waits(sign, comes, KEY_S);
  };
  const live: LiveScreen = {
    ...{ columns, rows, terminal, press, type: terminal.type },
    shows: (sign, limit_s = KEY_S) => waits(sign, true, limit_s),
    lacks: (sign, limit_s = KEY_S) => waits(sign, false, limit_s),
    brings: (key, sign) => effect(key, sign, true),
    takes: (key, sign) => effect(key, sign, false),
    async start() {
      terminal.type([process.execPath, join(PROJECT, 'bin/ward.cjs'), 'monitor', 'live', ...AT_LAB, '--interval', '5'].join(' '));
      press('enter');
      await waits(/3 of 3 nodes.*\n.*Overview/, true, 60);
    },
    end() {
      terminal.end();
      // What ran there is told to end, and may still write a moment longer.
      rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
    },
  };
  await live.shows(PROMPT);
  return live;
}

/** Keeps a screen that was not as it should be, and says where; the lab's end may take the file, so the beginning is told. */
function kept(screen: string, size: string): string {
  const path = stateFile(`live-${size}.txt`);
  writeFileSync(path, screen);
  return `it is kept in ${path}, and begins "${screen.replace(/\s+/g, ' ').slice(0, 500).trim()}"`;
}

/** Does the work on a terminal of this size, and takes the terminal down however that ends. */
export async function onLiveScreen(columns: number, rows: number, work: (on: LiveScreen) => Promise<void>): Promise<void> {
  const on = await openLiveScreen(columns, rows);
  try {
    await work(on);
  } finally {
    on.end();
  }
}

/** A state of the terminal that is wrong. */
export function wrongTerminal(what: string): LabError {
  return new LabError(`the terminal is not as it was: ${what}`);
}
