import type { LiveOf } from './live-screen.ts';

/** What a command knows of the process it runs in. */
export interface Io {
  /** Writes data to standard output; fulfilled when it is written, rejected with a Refusal or BrokenPipe. */
  print(text: string): Promise<void>;
  /** Writes a page for people: where it is longer than their terminal, through their pager. Who leaves that early is a BrokenPipe. */
  page(text: string): Promise<void>;
  /** Writes a message for people to standard error. Never fails. */
  say(text: string): void;
  /** Keeps text that is printed only if the command line ends with it, such as help. */
  hold(text: string): void;
  held(): string;
  stdin: { isTTY: boolean };
  stdout: { isTTY: boolean; columns: number | undefined };
  stderr: { isTTY: boolean; columns: number | undefined };
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Loads the live screen. */
  live(): Promise<Live>;
  /** Aborted when the person or the system ends the command. */
  signal: AbortSignal;
}

/** The live screen: holds the terminal until the person quits, and gives the exit code. It stands above the command line and is handed to it. */
export type Live = (io: Io, of: LiveOf) => Promise<number>;
