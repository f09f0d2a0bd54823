import { closeSync, openSync, readFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WARD } from '../cli/run-ward.ts';
import { liveLine, openPty, type Pty, SCRIPT } from './pty.ts';
import { FOLDER } from './story.ts';

const FRAME_END = '\x1b[?2026l';
const ASKED = '\x1b]11;?\x1b\\';
/** Of what is muted, on a dark background and on a light one. */
const [ON_DARK, ON_LIGHT] = ['38;2;154;164;175m', '38;2;89;99;110m'];

/** Holds a pseudo-terminal open for somebody else, and says which it is. */
const HOLDER = `sh -c 'tty; exec sleep 600'`;

let folder: string;
let open: Pty[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ward-pty-'));
  open = [];
});
afterEach(() => {
  for (const pty of open) pty.kill();
  rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
});

function pty(line: string, more: NodeJS.ProcessEnv = {}): Pty {
  const env = { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8', TERM: 'xterm-256color', COLORTERM: 'truecolor', ...more };
  const opened = openPty(line, { columns: 120, rows: 40, env });
  open.push(opened);
  return opened;
}

async function shown(more: NodeJS.ProcessEnv, answer: string): Promise<string> {
  const live = pty(liveLine(FOLDER), more);
  if (answer !== '') {
    await live.until((text) => text.includes(ASKED));
    live.write(answer);
  }
  await live.until((text) => text.includes('Overview') && text.includes(FRAME_END));
  const text = live.text();
  live.write('q');
  expect(await live.ended).toBe(0);
  return text;
}

describe.skipIf(SCRIPT === null)(`the live screen and its terminal${SCRIPT === null ? ' (skipped: script is not installed)' : ''}`, () => {
  it('takes the colours for a light background where the terminal says that it has one', async () => {
    const text = await shown({}, '\x1b]11;rgb:fdfd/f6f6/e3e3\x1b\\');
    expect(text).toContain(ON_LIGHT);
    expect(text).not.toContain(ON_DARK);
  });

  it('takes those for a dark one where it says so, or says nothing', async () => {
    for (const answer of ['\x1b]11;rgb:28/2c/34\x07', '']) {
      const text = await shown({}, answer);
      expect(text).toContain(ON_DARK);
      expect(text).not.toContain(ON_LIGHT);
    }
  });

  it('believes the person more than the terminal, and then does not ask', async () => {
    const text = await shown({ WARD_THEME: 'light' }, '');
    expect(text).toContain(ON_LIGHT);
    expect(text).not.toContain(ASKED);
  });

  it('takes no more memory while nobody reads its terminal, answers keys all the same, and ends on SIGTERM within 2 s', async () => {
    const [keyboard, screen] = [pty(HOLDER), pty(HOLDER)];
    const [keys, out] = [await ttyOf(keyboard), await ttyOf(screen)];
    screen.stopReading();
    const [input, output] = [openSync(keys, 'r+'), openSync(out, 'r+')];
    const words = [WARD, 'monitor', 'live', '--replay', FOLDER];
    const env = { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8', TERM: 'xterm-256color', WARD_THEME: 'dark' };
    const live = spawn(process.execPath, words, { stdio: [input, output, 'ignore'], env });
    for (const each of [input, output]) closeSync(each);
    const of = () => live.pid ?? 0;
    try {
      // Its way out is full once it writes no more, whatever keys come.
      const taken = () => {
        keyboard.write('\t'.repeat(5));
        return written(of());
      };
      await expect.poll(taken, { timeout: 60_000, interval: 20 }).toBeGreaterThan(60_000);
      await pressed(keyboard, of(), 2000);
      const [before, sent] = [memory(of()), written(of())];
      await pressed(keyboard, of(), 4000);
      // Two hundred frames would be more than half a million.
      expect(written(of()) - sent).toBeLessThan(100_000);
      expect(memory(of()) - before).toBeLessThan(24 * 1024);
      const ended = new Promise((resolve) => live.on('exit', (code, signal) => resolve(code ?? signal)));
      const told_ms = performance.now();
      live.kill('SIGTERM');
      expect(await ended).toBe(143);
      expect(performance.now() - told_ms).toBeLessThan(2000);
    } finally {
      live.kill('SIGKILL');
    }
  });
});

async function ttyOf(holder: Pty): Promise<string> {
  await holder.until((text) => /^\/dev\/\S+\r?\n/.test(text));
  return holder.text().split(/\r?\n/)[0] ?? '';
}

/** Presses Tab so often, a few at a time so that each time is a frame of its own, and waits until all were read. */
async function pressed(keyboard: Pty, of: number, times: number): Promise<void> {
  const from = counter(of, 'rchar');
  for (let sent = 0; sent < times; sent += 20) {
    keyboard.write('\t'.repeat(20));
    await expect.poll(() => counter(of, 'rchar') - from, { timeout: 20_000, interval: 1 }).toBeGreaterThanOrEqual(sent + 20);
  }
}

/** Bytes of its output that the terminal took. */
function written(of: number): number {
  return counter(of, 'wchar');
}

function counter(of: number, name: string): number {
  return Number(new RegExp(`^${name}: (\\d+)`, 'm').exec(readFileSync(`/proc/${of}/io`, 'utf8'))?.[1]);
}

/** KiB in memory. */
function memory(of: number): number {
  return Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${of}/status`, 'utf8'))?.[1]);
}
