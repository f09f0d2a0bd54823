import { setImmediate } from 'node:timers/promises';
import { LabError, within } from '../run.ts';

/** Checks one after the other, a line for each; one that fails does not stop the rest. */
export interface Tally {
  /** Gives whether it passed. The work throws a LabError that says in one line what is wrong. */
  check(name: string, limit_s: number, work: () => unknown, always?: 'always'): Promise<boolean>;
  /** One that cannot be made, with the reason. */
  skip(name: string, reason: string): void;
  /** From now on every check is left out, but for the closing ones that are made `always`. */
  stop(reason: string): void;
  /** Prints what failed once more, and the closing line; gives whether all passed. */
  close(): boolean;
}

/** A new tally that prints to standard output. */
export function newTally(): Tally {
  const count = { passed: 0, skipped: 0 };
  const failures: string[] = [];
  let stopped = '';
  const skip = (name: string, reason: string) => {
    count.skipped += 1;
    print(`skip  ${name}: ${reason}`);
  };
  return {
    skip,
    async check(name, limit_s, work, always) {
      // Programs are waited for without a turn of the event loop, in which a signal would be seen.
      await setImmediate();
      if (stopped !== '' && always === undefined) {
        skip(name, stopped);
        return false;
      }
      const began = Date.now();
      const problem = await problemOf(limit_s, work);
      const took = `(${((Date.now() - began) / 1000).toFixed(1)} s)`;
      const line = problem === null ? `ok    ${name} ${took}` : `FAIL  ${name} ${took}: ${problem}`;
      if (problem === null) count.passed += 1;
      else failures.push(line);
      print(line);
      return problem === null;
    },
    stop(reason) {
      stopped = reason;
    },
    close() {
      const skipped = count.skipped === 0 ? '' : `, ${count.skipped} skipped`;
      for (const line of failures) print(line);
      print(`lab: ${count.passed} passed, ${failures.length} failed${skipped}`);
      return failures.length === 0 && stopped === '';
    },
  };
}

async function problemOf(limit_s: number, work: () => unknown): Promise<string | null> {
  try {
    await within(limit_s, work);
    return null;
  } catch (error) {
    // What is no LabError is a mistake in the lab itself: its place is worth a line.
    return error instanceof LabError
      ? error.message
      : String((error as Error).stack)
          .split('\n')
          .slice(0, 2)
          .join(' ');
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
