import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The program that a real terminal is made of; null where it is not installed. */
export const TMUX = ['/usr/bin/tmux', '/usr/local/bin/tmux', '/bin/tmux'].find((path) => existsSync(path)) ?? null;

/** A real terminal that nobody sits in front of. */
export interface TmuxTerminal {
  /** Presses keys by tmux's own names, such as `Enter`, `C-c` and `BTab`. */
  press(...keys: readonly string[]): void;
  /** Types this text as it stands. */
  type(text: string): void;
  /** What is on the screen, one line a row. */
  screen(): string;
  resize(columns: number, rows: number): void;
  /** What tmux itself knows of the terminal, such as `#{alternate_on}`; and what was copied. */
  ask(format: string): string;
  copied(): string;
  /** Ends the terminal, and whatever runs in it gets a SIGHUP. */
  end(): void;
}

/** What a terminal is opened with. */
export interface TmuxOf {
  columns: number;
  rows: number;
  env: Readonly<Record<string, string>>;
}

/** Opens a terminal with a server of its own, whose socket lies in the folder, and starts a program in it, in that folder. */
export function openTmux(folder: string, { columns, rows, env }: TmuxOf, words: readonly string[]): TmuxTerminal {
  const tmux = (...given: readonly string[]) =>
    spawnSync(TMUX ?? '', ['-S', join(folder, 'socket'), '-f', '/dev/null', ...given], { encoding: 'utf8' }).stdout;
  // What still writes its compiled code while it ends would make its folder anew after that was removed.
  const said = Object.entries({ ...env, NODE_DISABLE_COMPILE_CACHE: '1' }).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  tmux('new-session', '-d', '-x', String(columns), '-y', String(rows), '-c', folder, ...said, ...words);
  tmux('set-option', '-s', 'set-clipboard', 'on');
  return {
    press: (...keys) => void tmux('send-keys', ...keys),
    type: (text) => void tmux('send-keys', '-l', text),
    screen: () => tmux('capture-pane', '-p'),
    resize: (wide, high) => void tmux('resize-window', '-x', String(wide), '-y', String(high)),
    ask: (format) => tmux('display-message', '-p', format).trim(),
    copied: () => tmux('show-buffer'),
    end: () => void tmux('kill-server'),
  };
}
