import { breakFault, mendFault } from '../../faults.ts';
import { LabError } from '../../run.ts';
import { EXERCISES } from './key-exercises.ts';
import { type Act, KEYS } from './keys.ts';
import { type LiveScreen, onLiveScreen, openLiveScreen, PROMPT, wrongTerminal } from './live-screen.ts';
import { TAB_SIGNS, toTab } from './tabs.ts';

/** The smallest screen that people have, and a large one. */
export const SIZES = [
  [80, 24],
  [200, 50],
] as const;

/** No critical finding and no warning; a remark of level info may pass by on any machine. */
const WELL = /^ {1,2}✓ healthy/;

/** What holds while keys are pressed, so that there is something to open, fold, read and copy. */
const HELD = ['unit-failed', 'name-server-down'] as const;

/** Walks through every tab of the healthy lab, and quits: the terminal must then be what it was. */
export async function checkTabs(columns: number, rows: number): Promise<void> {
  await onLiveScreen(columns, rows, async (on) => {
    const before = await stateOf(on);
    await on.start();
    await on.shows(WELL, 30);
    for (let tab = 1; tab <= TAB_SIGNS.length; tab += 1) await toTab(on, tab);
    for (let tab = 1; tab <= TAB_SIGNS.length; tab += 1) {
      on.press('tab');
      await on.shows(TAB_SIGNS[tab - 1] ?? /$^/);
    }
    on.press('q');
    await on.shows(PROMPT);
    const after = await stateOf(on);
    if (after !== before) throw wrongTerminal(`${before} before, ${after} after`);
  });
}

/** Presses every key where it is of use, while faults hold. */
export async function checkKeys(columns: number, rows: number): Promise<void> {
  try {
    for (const fault of HELD) await breakFault(fault);
    await onLiveScreen(columns, rows, async (on) => {
      await on.start();
      await on.shows(/1 critical +! 1 warning/, 30);
      for (const [act, keys] of Object.entries(KEYS) as [Act, readonly string[]][])
        for (const key of keys) await named(`${act} by ${key}`, () => EXERCISES[act](on, key));
    });
  } finally {
    for (const fault of HELD) await mendFault(fault);
  }
}

/** On the tab Alerts: what each of these faults looks like, in every size. */
const SHOWN: Readonly<Record<string, RegExp>> = {
  'unit-failed': /^[▌ ] ns2 +✗ critical .*shop-api failed/m,
  'peer-removed': /^[▌ ] ns1 +✗ critical .*ns2/m,
  'volume-full': /^[▌ ] ns1 +✗ critical .*\/srv\/data/m,
  'name-server-down': /^[▌ ] ns1 +! warning .*CoreDNS is down/m,
  'node-hung': /^[▌ ] ns2 +✗ critical .*Does not answer/m,
};

/** Breaks one thing after the other under two open screens: it comes on both, and goes again. */
export async function checkFaultsLive(): Promise<void> {
  const screens: LiveScreen[] = [];
  try {
    for (const [columns, rows] of SIZES) screens.push(await openLiveScreen(columns, rows));
    await Promise.all(screens.map((on) => on.start()));
    await Promise.all(screens.map((on) => toTab(on, 8)));
    await eachShows(screens, WELL);
    for (const [fault, sign] of Object.entries(SHOWN)) await named(fault, () => comesAndGoes(screens, fault, sign));
  } finally {
    for (const on of screens) on.end();
  }
}

/** Seconds in which a screen that reads all hosts every 5 s must know; a hung host alone takes 20 s to be given up. */
const KNOWN_S = 60;

async function comesAndGoes(screens: readonly LiveScreen[], fault: string, sign: RegExp): Promise<void> {
  try {
    await breakFault(fault);
    await eachShows(screens, sign);
  } finally {
    await mendFault(fault);
  }
  await eachShows(screens, WELL);
}

async function eachShows(screens: readonly LiveScreen[], sign: RegExp): Promise<void> {
  for (const on of screens) await on.shows(sign, KNOWN_S);
}

/** A failure says with which part of the check it came. */
async function named(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw error instanceof LabError ? new LabError(`${what}: ${error.message}`) : error;
  }
}

/** How the terminal is set: its line discipline as stty has it, and which screen, cursor, wrapping and modes tmux knows of. */
async function stateOf(on: LiveScreen): Promise<string> {
  on.type('clear; stty -a | tr -d "\\n"; echo; echo ":" end');
  on.press('enter');
  await on.shows(/^: end/m);
  const stty = on.terminal.screen().split('\n: end')[0]?.replace(/\s+/g, ' ');
  return `${stty} ${on.terminal.ask('#{alternate_on} #{cursor_flag} #{wrap_flag} #{insert_flag} #{keypad_flag} #{mouse_any_flag}')}`;
}
