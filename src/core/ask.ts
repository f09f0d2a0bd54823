import type { AnswerTo, Clock, FileText, JournalLine, Question, Ran } from './host.ts';
import { failed, Unknown, unparsed } from './unknown.ts';

/** An answer that comes later. Call it once all have come; it throws its Unknown if none came. */
export interface Answer<T> {
  (): T;
  /** Fulfilled when calling is allowed. Never rejects. */
  readonly settled: Promise<void>;
}

/** Two looks at one counter and the time between them. */
export interface Change<T> {
  before: T;
  now: T;
  seconds: number;
}

/** Makes of an answer what the collector wants of it; throws an Unknown, or anything, if it cannot. */
export type Parser<From, T> = (from: From) => T;

/** The questions of a collector. Each leaves at once; its answer is a function to call in a field. */
export interface Ask {
  read(path: string): Answer<string>;
  read<T>(path: string, parse: Parser<string, T>): Answer<T>;
  readEach<T>(pattern: string, parse: Parser<FileText[], T>): Answer<T>;
  list(path: string): Answer<string[]>;
  stat(path: string): Answer<AnswerTo<'stat'>>;
  statfs(path: string): Answer<AnswerTo<'statfs'>>;
  /** Exit 0 gives the output to `parse`; any other is a failure that quotes the program's first line of errors. */
  run<T>(words: readonly [string, ...string[]], parse: Parser<string, T>): Answer<T>;
  /** The program's exit code and both outputs, whatever they are. */
  ran(words: readonly [string, ...string[]]): Answer<Ran>;
  http<T>(request: Partial<Question<'http'>> & { to: string; path: string }, parse: Parser<AnswerTo<'http'>, T>): Answer<T>;
  exchange(to: string, send?: string, until?: string): Answer<string>;
  lookup(server: string, name: string, type: Question<'lookup'>['type']): Answer<string[]>;
  certificate(to: string, name: string): Answer<AnswerTo<'certificate'>>;
  unit(name: string): Answer<AnswerTo<'unit'>>;
  units(state: string): Answer<string[]>;
  timers(): Answer<AnswerTo<'timers'>>;
  journal(unit: string, since_s: number, limit: number): Answer<JournalLine[]>;
  owners(inodes: readonly number[]): Answer<AnswerTo<'owners'>>;
  programs(pids: readonly number[]): Answer<AnswerTo<'programs'>>;
  clock(): Answer<Clock>;
  /** A question that depends on an answer: one round trip more. */
  after<T, U>(from: Answer<T>, next: (value: T) => Answer<U>): Answer<U>;
  /** A value worked out once all these answers have come; `derive` calls them, and may take a missing one as it likes. */
  all<T>(answers: readonly Answer<unknown>[], derive: () => T): Answer<T>;
  /** A question for each item of an answer; an item that fails costs only itself. */
  each<T, R>(list: Answer<readonly T[]>, item: (value: T) => R): Answer<readonly R[]>;
  /** Two looks: the earlier from the last report's sample if it serves, else half a second apart. */
  change<T>(name: string, look: (at: Ask) => Answer<T>): Answer<Change<T>>;
  /** The last report's value of this answer beside today's; absent if none serves. Never looks twice, for what costs a process. */
  since<T>(name: string, look: Answer<T>): Answer<Change<T>>;
}

/** A collector that breaks the rules of asking. */
export class Misuse extends Error {}

/** Begins the reason of an unknown that a mistake in ward itself made. */
export const FAULT = 'fault in ward';

/** Anything thrown, as an Unknown. What is not one already is a parser that met what it did not expect. */
export function asUnknown(error: unknown): Unknown {
  if (error instanceof Unknown) return error;
  if (error instanceof Misuse) return failed(`${FAULT}: ${error.message}`);
  return unparsed(error instanceof Error ? error.message : String(error));
}

/** A value derived from answers, worked out at most once. */
export function once<T>(derive: () => T): () => T {
  let state: { value: T } | { error: unknown } | null = null;
  return () => {
    if (state === null) {
      try {
        state = { value: derive() };
      } catch (error) {
        state = { error };
      }
    }
    if ('error' in state) throw state.error;
    return state.value;
  };
}

/** Whether the thing is there: absent is false, any other failure is thrown on. */
export function present(answer: () => unknown): boolean {
  try {
    answer();
    return true;
  } catch (error) {
    if (error instanceof Unknown && error.kind === 'absent') return false;
    throw error;
  }
}

/** Whether a good answer came: a bad or no answer is false, but a question that never left is thrown on. */
export function known(answer: () => unknown): boolean {
  try {
    answer();
    return true;
  } catch (error) {
    if (error instanceof Unknown && error.asked) return false;
    throw error;
  }
}

/** The value, or null where it is unknown: for deriving one field from several. */
export function orNull<T>(answer: () => T): T | null {
  try {
    return answer();
  } catch (error) {
    if (error instanceof Unknown) return null;
    throw error;
  }
}
