import { type Answer, asUnknown, Misuse } from './ask.ts';
import { Unknown } from './unknown.ts';

/** The answers of one collection that are still out. */
export interface Answers {
  /** An answer that comes with the promise; what it rejects with becomes an Unknown. */
  expect<T>(promise: Promise<T | Unknown>): Answer<T>;
  /** Fulfilled when nothing asked so far is open any more. */
  quiet(): Promise<void>;
  /** From here on expecting throws. */
  close(): void;
}

/** Keeps count of the answers of one collection. */
export function openAnswers(): Answers {
  const open = new Set<Promise<void>>();
  let closed = false;
  return {
    expect<T>(promise: Promise<T | Unknown>) {
      if (closed) throw new Misuse('A field asked a question; ask before the section is returned.');
      let state: { value: T | Unknown } | null = null;
      const settled = promise.catch(asUnknown).then((value) => {
        state = { value };
        open.delete(settled);
      });
      open.add(settled);
      return Object.assign(() => called(state), { settled });
    },
    async quiet() {
      while (open.size > 0) await Promise.all(open);
    },
    close() {
      closed = true;
    },
  };
}

function called<T>(state: { value: T | Unknown } | null): T {
  if (state === null) throw new Misuse('An answer was called before it came; call it in a field or with `after`.');
  if (state.value instanceof Unknown) throw state.value;
  return state.value;
}
