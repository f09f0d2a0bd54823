import type { AnswerTo, Clock, FileText, Host, JournalLine, Kind, Question, Questions, Ran } from './host.ts';
import { questionText } from './question.ts';
import { type Sample, sampleAge } from './samples.ts';
import { absent, failed, Unknown, unparsed } from './unknown.ts';

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

type Parser<From, T> = (from: From) => T;

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

/** Looks this far apart where no earlier sample serves. */
const PAUSE_MS = 500;

/** What is kept of one collection while its questions are out. */
export interface Asking {
  ask: Ask;
  /** Fulfilled when nothing asked so far is open any more. */
  quiet(): Promise<void>;
  /** From here on asking throws: fields call answers, they do not ask. */
  close(): void;
  /** What the next report may use as its earlier look; null if the clock could not be read. */
  sample(): Sample | null;
}

/** Makes the questions of one collection: equal questions are put once, and `earlier` serves for changes. */
export function asking(host: Host, earlier: Sample | null): Asking {
  const open = new Set<Promise<void>>();
  const looks: Record<string, Answer<unknown>> = {};
  let closed = false;

  function track<T>(promise: Promise<T | Unknown>): Answer<T> {
    if (closed) throw new Misuse('A field asked a question; ask before the section is returned.');
    let value: T | Unknown | undefined;
    let done = false;
    const settled = promise
      .then(
        (came) => {
          value = came;
        },
        (error: unknown) => {
          value = asUnknown(error);
        },
      )
      .then(() => {
        done = true;
        open.delete(settled);
      });
    open.add(settled);
    const call = () => {
      if (!done) throw new Misuse('An answer was called before it came; call it in a field or with `after`.');
      if (value instanceof Unknown) throw value;
      return value as T;
    };
    return Object.assign(call, { settled });
  }

  function round(memory: Map<string, Promise<unknown>>): Ask {
    function put<K extends Kind, T>(kind: K, question: Question<K>, parse: Parser<AnswerTo<K>, T>): Answer<T> {
      const text = questionText(kind, question);
      const asked = (memory.get(text) ?? host.ask(kind, question)) as Promise<AnswerTo<K> | Unknown>;
      memory.set(text, asked);
      return track(asked.then((came) => (came instanceof Unknown ? came.from(text) : parsedFrom(text, came, parse))));
    }
    const whole = <T>(value: T) => value;
    const ran = ([program, ...words]: readonly [string, ...string[]]) => ({ program, words });

    const ask: Ask = {
      read: <T>(path: string, parse: Parser<string, T> = whole as Parser<string, T>) => put('read', { path }, parse),
      readEach: (pattern, parse) => put('readEach', { pattern }, parse),
      list: (path) => put('list', { path }, whole),
      stat: (path) => put('stat', { path }, whole),
      statfs: (path) => put('statfs', { path }, whole),
      run: (words, parse) => put('run', ran(words), (answer) => parse(outputOf(answer))),
      ran: (words) => put('run', ran(words), whole),
      http: (request, parse) => put('http', { method: 'GET', body: '', ...request }, parse),
      exchange: (to, send = '', until = '') => put('exchange', { to, send, until }, whole),
      lookup: (server, name, type) => put('lookup', { server, name, type }, whole),
      certificate: (to, name) => put('certificate', { to, name }, whole),
      unit: (name) => put('unit', { name }, whole),
      units: (state) => put('units', { state }, whole),
      timers: () => put('timers', {}, whole),
      journal: (unit, since_s, limit) => put('journal', { unit, since_s, limit }, whole),
      owners: (inodes) => put('owners', { inodes }, whole),
      clock: () => put('clock', {}, whole),
      after: (from, next) =>
        track(
          from.settled.then(() => {
            const then = next(from());
            return then.settled.then(() => then());
          }),
        ),
      all: (answers, derive) => track(Promise.all(answers.map(({ settled }) => settled)).then(derive)),
      each: (list, item) => track(list.settled.then(() => list().map((value) => item(value)))),
      change,
      since,
    };
    return ask;
  }

  const now = round(new Map());
  let second: Promise<Ask> | null = null;
  /** One pause for all changes that need it. */
  const secondLook = () => {
    second ??= host.ask('pause', { ms: PAUSE_MS }).then(() => round(new Map()));
    return second;
  };

  function change<T>(name: string, look: (at: Ask) => Answer<T>): Answer<Change<T>> {
    const first = look(now);
    const clock = now.clock();
    looks[name] = first;
    return track(
      Promise.all([first.settled, clock.settled]).then(async () => {
        const age = sampleAge(earlier, clock());
        const before = earlier?.values[name];
        if (age !== null && before !== undefined) return { before: before as T, now: first(), seconds: age };
        const value = first();
        const at = await secondLook();
        const again = look(at);
        const later = at.clock();
        await Promise.all([again.settled, later.settled]);
        looks[name] = again;
        return { before: value, now: again(), seconds: positive(later().uptime_s - clock().uptime_s) };
      }),
    );
  }

  function since<T>(name: string, look: Answer<T>): Answer<Change<T>> {
    const clock = now.clock();
    looks[name] = look;
    return track(
      Promise.all([look.settled, clock.settled]).then(() => {
        const value = look();
        const age = sampleAge(earlier, clock());
        const before = earlier?.values[name];
        if (age === null || before === undefined) throw absent('no earlier look serves to compare with');
        return { before: before as T, now: value, seconds: age };
      }),
    );
  }

  const clock = now.clock();

  return {
    ask: now,
    async quiet() {
      while (open.size > 0) await Promise.all(open);
    },
    close() {
      closed = true;
    },
    sample() {
      try {
        const { boot_id, uptime_s } = clock();
        const values = Object.entries(looks).flatMap(([name, look]) => valueOf(name, look));
        return { boot_id, uptime_s, values: Object.fromEntries(values) };
      } catch {
        return null;
      }
    },
  };
}

function valueOf(name: string, look: Answer<unknown>): [string, unknown][] {
  try {
    return [[name, look()]];
  } catch {
    return [];
  }
}

function positive(seconds: number): number {
  if (seconds > 0) return seconds;
  throw failed('the clock of the machine did not move between two looks');
}

function parsedFrom<From, T>(question: string, answer: From, parse: Parser<From, T>): T | Unknown {
  try {
    return parse(answer);
  } catch (error) {
    return asUnknown(error).from(question);
  }
}

function outputOf({ exit, stdout, stderr }: Ran): string {
  if (exit === 0) return stdout;
  throw failed(`exit ${exit}${stderr === '' ? '' : `, ${stderr.split('\n')[0]}`}`);
}

/** A collector that breaks the rules of asking. */
class Misuse extends Error {}

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

export type { Questions };
