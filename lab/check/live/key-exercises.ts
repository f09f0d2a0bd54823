import { writeFileSync } from 'node:fs';
import { EXERCISES as MOVES } from './move-exercises.ts';
import type { Exercise } from './exercise.ts';
import type { Act } from './keys.ts';
import { type LiveScreen, PROMPT } from './live-screen.ts';
import { signOf, toTab } from './tabs.ts';

/** One for everything that a key may do: a new action does not compile without. */
export const EXERCISES: Readonly<Record<Act, Exercise>> = {
  ...MOVES,
  async filter(on, key) {
    await toTab(on, 2);
    await on.brings(key, /filter .*3 found/);
    on.type('ns3');
    await on.shows(/Nodes 1\/3/);
    await on.takes('enter', /1 found/);
    on.press(key, 'ctrl-u');
    on.type('!ns3');
    on.press('enter');
    await on.shows(/Nodes 2\/3/);
    await on.takes('escape', /Nodes 2\/3/);
  },
  async problems(on, key) {
    await toTab(on, 2);
    await on.brings(key, /Nodes 2\/3/);
    await on.takes(key, /Nodes 2\/3/);
  },
  async sort(on, key) {
    await toTab(on, 3);
    await on.brings(key, /^ {2}Units↓ /m);
    await on.takes(key, /^ {2}Units↓ /m);
  },
  async preview(on, key) {
    await onAlert(on);
    await on.takes(key, /^─ ns2: shop-api failed/m);
    await on.brings(key, /^─ ns2: shop-api failed/m);
  },
  async fold(on, key) {
    await onAlert(on);
    on.press('j');
    await on.shows(/^▌ ns1/m);
    await on.takes(key, / └ ns1/);
    await on.brings(key, / └ ns1/);
  },
  async log(on, key) {
    await onAlert(on);
    await on.brings(key, /Alerts › ns2: log of shop-api/);
    await on.shows(/cannot open \/srv\/shop\.db/);
  },
  async zone(on, key) {
    await toTab(on, 2);
    await on.brings(key, isUtc);
    await on.takes(key, isUtc);
  },
  async faster(on, key) {
    await on.brings(key, /A round every 2 s/);
    await on.brings('-', /A round every 5 s/);
  },
  async slower(on, key) {
    await on.brings(key, /A round every 10 s/);
    await on.brings('+', /A round every 5 s/);
  },
  async 'columns-right'(on, key) {
    await narrowly(on, async () => {
      await on.brings(key, /^ {2}Units .* ns2 /m);
      await on.brings('left', /^ {2}Units .* ns1 /m);
    });
  },
  async 'columns-left'(on, key) {
    await narrowly(on, async () => {
      await on.brings('right', /^ {2}Units .* ns2 /m);
      await on.brings(key, /^ {2}Units .* ns1 /m);
    });
  },
  async copy(on, key) {
    await onAlert(on);
    await on.brings(key, /Copied, if the terminal allows it: ssh/);
    await on.shows(() => on.terminal.copied().includes('journalctl -u shop-api -n 50'));
  },
  async ssh(on, key) {
    await toTab(on, 2);
    on.press('g');
    await on.shows(/^▌ ns2 /m);
    await on.brings(key, /root@ns2/);
    on.type('echo I am $(hostname)');
    on.press('enter');
    await on.shows(/^I am ns2/m);
    on.type('exit');
    on.press('enter');
    await on.shows(/^▌ ns2 /m);
  },
  async refresh(on, key) {
    await toTab(on, 2);
    for (const seconds of [10, 15, 30, 60, 120, 300, 600]) await on.brings('-', new RegExp(`A round every ${seconds} s`));
    await on.shows((screen) => ageOf(screen) > 5);
    const before = ageOf(on.terminal.screen());
    on.press(key);
    await on.shows((screen) => ageOf(screen) < before);
    for (const seconds of [300, 120, 60, 30, 15, 10, 5]) await on.brings('+', new RegExp(`A round every ${seconds} s`));
  },
  async command(on, key) {
    await toTab(on, 2);
    await on.brings(key, /command {2}:/);
    on.type('no');
    // Without the completion it would be the name of a tab.
    on.press('tab');
    await on.brings('enter', /Nodes › ns2/);
  },
  async help(on, key) {
    await toTab(on, 2);
    await on.brings(key, /─ Help ─/);
    await on.takes('escape', /─ Help ─/);
  },
  async redraw(on, key) {
    await toTab(on, 2);
    writeFileSync(on.terminal.ask('#{pane_tty}'), '\x1b[9;1HSomebody else wrote this.');
    await on.takes(key, /Somebody else wrote this/);
  },
  async stop(on, key) {
    await toTab(on, 2);
    await on.brings(key, /Stopped/);
    on.type('fg');
    await on.brings('enter', signOf(2));
  },
  async quit(on, key) {
    await toTab(on, 2);
    await on.takes(key, signOf(2));
    await on.shows(PROMPT);
    on.type('echo it ended with $?');
    await on.brings('enter', /^it ended with 0/m);
    on.type('clear');
    on.press('enter');
    await on.start();
  },
};

/** Seconds since the hosts were read, as the first line has it. */
function ageOf(screen: string): number {
  const [, age, old] = /^.*(?:read (\d+) s ago|(\d+)s old)/.exec(screen) ?? [];
  return Number(age ?? old);
}

/** To the alert of shop-api. */
async function onAlert(on: LiveScreen): Promise<void> {
  await toTab(on, 8);
  on.press('g');
  await on.shows(/^▌ ns2 /m);
}

/** In a window in which not all nodes have room beside each other. */
async function narrowly(on: LiveScreen, work: () => Promise<void>): Promise<void> {
  await toTab(on, 3);
  on.terminal.resize(62, on.rows);
  await on.shows(/ of 3 nodes, → and ← for more/);
  await work();
  on.terminal.resize(on.columns, on.rows);
  await on.lacks(/→ and ← for more/);
}

/** Whether the clock in the first line is that of UTC, from which the terminal's own differs by 45 minutes. */
function isUtc(screen: string): boolean {
  const [, minutes] = /\d\d:(\d\d)(?::\d\d)?(?: UTC\S*)?\s*$/.exec(screen.split('\n')[0] ?? '') ?? [];
  const off = (Number(minutes) - new Date().getUTCMinutes() + 60) % 60;
  return minutes !== undefined && (off === 0 || off === 59);
}
