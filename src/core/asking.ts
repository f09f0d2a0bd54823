import { openAnswers } from './answers.ts';
import type { Answer, Ask, Change } from './ask.ts';
import type { Host } from './host.ts';
import { type Questioner, questions } from './questions.ts';
import { type Sample, sampleAge } from './samples.ts';
import { absent, failed } from './unknown.ts';

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
  const answers = openAnswers();
  const now = questions(host, answers);
  const looks = new Map<string, Answer<unknown>>();
  const clock = now.clock();
  /** The value of an earlier report and the seconds since, if it serves for rates now. */
  const before = <T>(name: string): { before: T; seconds: number } | null => {
    const seconds = sampleAge(earlier, clock());
    const value = earlier?.values[name];
    return seconds === null || value === undefined ? null : { before: value as T, seconds };
  };
  const second = secondLook(host, () => questions(host, answers));
  const ask: Ask = {
    ...now,
    change: (name, look) => {
      const first = look(ask);
      looks.set(name, first);
      const compared = async () => {
        const sample = before<ReturnType<typeof first>>(name);
        if (sample !== null) return { ...sample, now: first() };
        const value = first();
        const at = await second();
        const again = look({ ...ask, ...at });
        const later = at.clock();
        await Promise.all([again.settled, later.settled]);
        looks.set(name, again);
        return { before: value, now: again(), seconds: positive(later().uptime_s - clock().uptime_s) };
      };
      return answers.expect(Promise.all([first.settled, clock.settled]).then(compared));
    },
    since: <T>(name: string, look: Answer<T>) => {
      looks.set(name, look);
      const compared = (): Change<T> => {
        const value = look();
        const sample = before<T>(name);
        if (sample === null) throw absent('no earlier look serves to compare with');
        return { ...sample, now: value };
      };
      return answers.expect(Promise.all([look.settled, clock.settled]).then(compared));
    },
  };
  return { ask, quiet: answers.quiet, close: answers.close, sample: () => sampleOf(clock, looks) };
}

/** One pause for all changes that need a second look. */
function secondLook(host: Host, look: () => Questioner): () => Promise<Questioner> {
  let second: Promise<Questioner> | null = null;
  return () => {
    second ??= host.ask('pause', { ms: PAUSE_MS }).then(look);
    return second;
  };
}

function sampleOf(clock: Answer<{ boot_id: string; uptime_s: number }>, looks: ReadonlyMap<string, Answer<unknown>>): Sample | null {
  try {
    const { boot_id, uptime_s } = clock();
    return { boot_id, uptime_s, values: Object.fromEntries([...looks].flatMap(([name, look]) => valueOf(name, look))) };
  } catch {
    return null;
  }
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
