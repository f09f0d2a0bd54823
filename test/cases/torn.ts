import type { Block } from '../../src/hosts/transcript.ts';
import { transcript } from '../../src/hosts/transcript.ts';

/** Every way in which one answer may be missing or spoilt. */
const UNKNOWNS = ['absent', 'denied', 'timeout', 'failed', 'unparsed'].map((kind) => `= ${kind} torn by the test`);

/** Kinds whose answer is text that may be empty or nonsense; the others are JSON of a fixed shape. */
const TEXT = /^(read|exchange|run|readEach|http) /;

/** The transcript again and again, each time with one question's answers spoilt in one way. */
export function tornTexts(text: string): { what: string; text: string }[] {
  const { answers } = transcript(text);
  const facts = text.split('\n').filter((line) => line.startsWith('@ '));
  return [...answers.keys()].flatMap((question) =>
    [...UNKNOWNS.map((line) => [line]), ...(TEXT.test(question) ? spoilt(question) : [])].map((lines) => ({
      what: `${question} answered ${lines.join(' ') || 'nothing'}`,
      text: written(facts, new Map([...answers, [question, [{ lines }]]])),
    })),
  );
}

function spoilt(question: string): string[][] {
  const end = question.startsWith('http ') ? ['= 200'] : question.startsWith('readEach ') ? ['= end'] : question.startsWith('run ') ? ['= 0'] : [];
  return [end, [`|${question.startsWith('readEach ') ? '/garbage\t' : ''}\u00a7 12 ;; {"a": garbage`, ...end]];
}

function written(facts: readonly string[], answers: ReadonlyMap<string, readonly Block[]>): string {
  return [...facts, ...[...answers].flatMap(([question, blocks]) => blocks.flatMap(({ lines }) => [question, ...lines]))].join('\n');
}

/** Where the torn section says other than the whole one: only null for a value, false for true and what went wrong for no error are allowed. */
export function differences(whole: unknown, torn: unknown, path = ''): string[] {
  if (torn === null || Object.is(whole, torn) || (typeof whole === 'boolean' && torn === false)) return [];
  if (path.endsWith('_error') && whole === '' && typeof torn === 'string') return [];
  if (Array.isArray(whole) && Array.isArray(torn) && whole.length === torn.length) {
    return whole.flatMap((item, at) => differences(item, torn[at], `${path}[${at}]`));
  }
  if (isObject(whole) && isObject(torn)) {
    return [...new Set([...Object.keys(whole), ...Object.keys(torn)])].flatMap((key) => differences(whole[key], torn[key], `${path}.${key}`));
  }
  return [`${path}: ${JSON.stringify(whole)} became ${JSON.stringify(torn)}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
