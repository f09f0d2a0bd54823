import { closeSync, constants, openSync, writeSync } from 'node:fs';
import type { Size } from './painter.ts';

const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[0m\x1b[2J';
const LEAVE = '\x1b[?2026l\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l';

/** The terminal while the live screen has it. */
export interface Console {
  write(text: string): void;
  /** Whether what was written is still on its way: a frame may be left out. */
  readonly busy: boolean;
  size(): Size;
  /** Gives the terminal back as it was found, until `resume`. */
  suspend(): void;
  resume(): void;
  /** Gives it back for good. */
  end(): void;
}

/** What the terminal tells: keys as they come, and that its size changed, that it can take more, or that it is gone. */
export interface Heard {
  input(text: string): void;
  resized(): void;
  drained(): void;
  gone(): void;
}

/** Takes the terminal: alternate screen, no cursor, keys one by one. However the process ends, it is given back. */
export function takeConsole(heard: Heard): Console {
  const { stdin, stdout } = process;
  stdin.setEncoding('utf8');
  neverWaits(stdout);
  let held = false;
  const take = () => {
    held = true;
    stdin.setRawMode(true);
    stdin.resume();
    stdout.write(ENTER);
  };
  const give = () => {
    if (!held) return;
    held = false;
    try {
      stdin.setRawMode(false);
      writeAtOnce(LEAVE);
    } catch {
      // The terminal is gone, so there is nothing to give back.
    }
    stdin.pause();
  };
  const listeners: [NodeJS.EventEmitter, string, (...words: never[]) => void][] = [
    [stdin, 'data', heard.input],
    [stdin, 'end', heard.gone],
    [stdin, 'error', heard.gone],
    [stdout, 'resize', heard.resized],
    [stdout, 'drain', heard.drained],
    [process, 'exit', give],
  ];
  for (const [from, event, listener] of listeners) from.on(event, listener as () => void);
  take();
  return {
    write: (text) => void (text !== '' && held && stdout.write(text)),
    get busy() {
      return stdout.writableNeedDrain;
    },
    size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }),
    suspend: give,
    resume: take,
    end() {
      give();
      for (const [from, event, listener] of listeners) from.off(event, listener as () => void);
    },
  };
}

/** Node.js lets a write to a terminal wait until the terminal has taken it: one that nobody reads would stop keys and signals with it. */
function neverWaits(stdout: NodeJS.WriteStream): void {
  const { _handle: handle } = stdout as { _handle?: { setBlocking?(blocking: boolean): void } };
  handle?.setBlocking?.(false);
}

/** Writes what the terminal takes now, and no more: the process may be about to end. */
function writeAtOnce(text: string): void {
  const fd = openSync('/proc/self/fd/1', constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    writeSync(fd, text);
  } finally {
    closeSync(fd);
  }
}
