import { EXIT, Refusal } from '../core/refusal.ts';
import { nearest } from '../core/nearest.ts';

/** Reads one option's text; throws a Refusal that names the option and what it takes. */
export type Reader<T> = (text: string) => T;

/** A whole number of seconds from `least` to `most`. */
export function seconds(option: string, least: number, most: number): Reader<number> {
  return (text) => {
    const value = /^\d{1,9}s?$/.test(text) ? Number.parseInt(text, 10) : NaN;
    if (value >= least && value <= most) return value;
    throw new Refusal(EXIT.usage, `${option} takes whole seconds from ${least} to ${most}, not "${text}"`);
  };
}

/** One of these words. */
export function oneOf<T extends string>(option: string, words: readonly T[]): Reader<T> {
  return (text) => words.find((word) => word === text) ?? noSuch(option, text, words);
}

/** Words between commas, each one of these. */
export function listOf(option: string, words: () => Promise<readonly string[]>): (text: string) => Promise<string[]> {
  return async (text) => {
    const known = await words();
    return text.split(',').map((word) => known.find((each) => each === word.trim()) ?? noSuch(option, word.trim(), known));
  };
}

function noSuch(option: string, text: string, words: readonly string[]): never {
  const near = nearest(text, words);
  throw new Refusal(EXIT.usage, `${option} does not take "${text}"${near === null ? '' : `; nearest is ${near}`}`, {
    next: `It takes: ${words.join(', ')}`,
  });
}
