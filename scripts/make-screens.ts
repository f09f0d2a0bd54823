// Makes a picture of each tab of the live screen over the recorded fleet: node scripts/make-screens.ts. Needs tmux.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { ansiLines } from './picture/ansi-lines.ts';
import { svgOf } from './picture/svg.ts';

const SCREENS: readonly { name: string; keys: readonly string[]; shows: string }[] = [
  { name: 'overview', keys: ['1'], shows: 'Alerts' },
  { name: 'nodes', keys: ['2'], shows: 'Curves' },
  { name: 'services', keys: ['3'], shows: 'Units' },
  { name: 'mesh', keys: ['4'], shows: 'INTERFACE' },
  { name: 'dns', keys: ['5'], shows: 'COREDNS' },
  { name: 'namespaces', keys: ['6'], shows: 'amespaces' },
  { name: 'containers', keys: ['7'], shows: 'IMAGE' },
  { name: 'alerts', keys: ['8'], shows: 'RULE' },
  { name: 'alert', keys: ['8', 'Enter'], shows: 'Alerts ›' },
  { name: 'help', keys: ['Escape', '?'], shows: 'Help' },
];
const SESSION = `ward-pictures-${process.pid}`;
const LONGEST_MS = 60_000;

const tmux = (...words: string[]) => execFileSync('tmux', ['-L', SESSION, ...words], { encoding: 'utf8' });

/** The screen once it shows this text and stands still: a look in the middle of a frame would have a half of two. Throws where it never does. */
async function screenWith(text: string): Promise<string> {
  const end_ms = performance.now() + LONGEST_MS;
  let before = '';
  for (;;) {
    const plain = tmux('capture-pane', '-p', '-t', SESSION);
    const screen = tmux('capture-pane', '-e', '-p', '-t', SESSION);
    if (plain.includes(text) && screen === before) return screen;
    if (performance.now() > end_ms) throw new Error(`the screen never showed "${text}":\n${plain}`);
    before = screen;
    await wait(200);
  }
}

const ward = `env TERM=xterm COLORTERM= ${process.execPath} bin/ward.cjs monitor live --replay demo/fleet`;
tmux('-f', '/dev/null', 'new-session', '-d', '-s', SESSION, '-x', '140', '-y', '38', ward);
try {
  // The recorded trouble comes by and by, and this is its end.
  await screenWith(' 03:14:');
  for (const { name, keys, shows } of SCREENS) {
    for (const key of keys) tmux('send-keys', '-t', SESSION, key);
    writeFileSync(`docs/pictures/live-${name}.svg`, svgOf(ansiLines(await screenWith(shows)), 'ward monitor live --replay demo/fleet'));
  }
} finally {
  tmux('kill-server');
}
