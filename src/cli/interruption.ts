/** A signal that asks the command to end. */
export interface Interruption {
  signal: AbortSignal;
  /** 128 and the signal's number; null while none came. */
  exit(): number | null;
  /** Fulfilled when a command that was asked to end did not. */
  overdue: Promise<void>;
  /** While the work lasts, Ctrl+C is for the program that has the terminal. */
  lending<T>(work: () => Promise<T>): Promise<T>;
}

const NUMBERS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;
/** So long a command may take to end its children. */
const PATIENCE_MS = 2000;

/** Listens for Ctrl+C and for the system's wish to end; a second one ends at once. */
export function interruption(): Interruption {
  const controller = new AbortController();
  let exit: number | null = null;
  let lent = false;
  const overdue = new Promise<void>((resolve) => {
    for (const [name, number] of Object.entries(NUMBERS)) {
      process.on(name, () => {
        if (lent && name === 'SIGINT') return;
        if (exit !== null) process.exit(exit);
        exit = 128 + number;
        controller.abort();
        setTimeout(resolve, PATIENCE_MS).unref();
      });
    }
  });
  const lending = <T>(work: () => Promise<T>): Promise<T> => {
    lent = true;
    return work().finally(() => {
      lent = false;
    });
  };
  return { signal: controller.signal, exit: () => exit, overdue, lending };
}
