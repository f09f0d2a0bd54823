import { spawn } from 'node:child_process';

/** A way to a shell that runs. */
export interface Channel {
  write(data: string | Buffer): void;
  /** Nothing more will be written. */
  finish(): void;
  /** Of the program by which it is reached; 0 where that could not be started. */
  pid: number;
  /** Ends it; nothing of it is told any more. */
  close(): void;
}

/** Who hears what comes from a shell. */
export interface Hearer {
  data(chunk: Buffer): void;
  errors(text: string): void;
  /** Told once, when nothing more will come. */
  end(exit: number | null): void;
}

/** Opens a way to a new shell. */
export type Open = (hearer: Hearer) => Channel;

const running = new Set<number>();
let guarded = false;

/** A shell behind a program, such as ssh or the shell itself. It is in a group of its own, which ends with the channel, and with us. */
export function programChannel(program: string, words: readonly string[], options: { env?: NodeJS.ProcessEnv; uid?: number } = {}): Open {
  return (hearer) => {
    if (!guarded) process.on('exit', () => running.forEach(killGroup));
    guarded = true;
    const child = spawn(program, words, { ...options, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    const { pid } = child;
    if (pid !== undefined) running.add(pid);
    let open = true;
    const end = (exit: number | null) => {
      if (pid !== undefined) running.delete(pid);
      if (open) hearer.end(exit);
      open = false;
    };
    child.stdout.on('data', (chunk: Buffer) => open && hearer.data(chunk));
    child.stderr.on('data', (chunk: Buffer) => open && hearer.errors(chunk.toString('utf8')));
    // Whoever stops reading says why in another way.
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => {
      if (open) hearer.errors(error.message);
      end(null);
    });
    child.on('close', end);
    return {
      pid: pid ?? 0,
      write: (data) => void child.stdin.write(data),
      finish: () => void child.stdin.end(),
      close: () => {
        open = false;
        for (const stream of child.stdio) stream?.destroy();
        child.unref();
        if (pid !== undefined && running.delete(pid)) killGroup(pid);
      },
    };
  };
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
