import { createHash } from 'node:crypto';
import { applied, type Change, type JsonValue } from '../core/difference.ts';
import { limitBroken } from './report/json-limits.ts';

/** The last report of a node as it sent it, with what it is known by on its channel. */
export interface Held {
  value: JsonValue;
  /** `-` where it cannot be the base of a difference. */
  digest: string;
  seq: number;
}

/** The report that an answer makes of the one that is held, or a sentence for why it makes none. Bounded like any report; never throws. */
export function reportAfter(text: string, held: Held | null): Held | string {
  const answer = parsed(text);
  if (answer === null) return 'what it sent is no answer of a follower';
  const { seq, digest, report } = answer;
  if (typeof seq !== 'number' || typeof digest !== 'string') return 'what it sent has no number or digest';
  if (report !== undefined) return { value: report, digest: digestOf(JSON.stringify(report)) === digest ? digest : '-', seq };
  return held !== null && answer['base'] === held.digest && seq > held.seq
    ? changed(held.value, answer['changes'], { digest, seq })
    : 'what it sent is the difference to another report';
}

function changed(base: JsonValue, changes: JsonValue | undefined, { digest, seq }: { digest: string; seq: number }): Held | string {
  const next = isChanges(changes) ? applied(base, changes) : null;
  const json = next === null ? '' : JSON.stringify(next.value);
  if (next === null || digestOf(json) !== digest) return 'the difference that it sent leads to another report than its own';
  const broken = limitBroken(json);
  return broken === null ? { value: next.value, digest, seq } : `its report grew beyond what is read: ${broken}`;
}

function parsed(text: string): Record<string, JsonValue | undefined> | null {
  if (limitBroken(text) !== null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, JsonValue>) : null;
  } catch {
    return null;
  }
}

function isChanges(value: JsonValue | undefined): value is Change[] {
  return (
    Array.isArray(value) &&
    value.every(
      (each) =>
        Array.isArray(each) &&
        each.length === 2 &&
        Array.isArray(each[0]) &&
        each[0].every((key) => typeof key === 'string' || typeof key === 'number'),
    )
  );
}

function digestOf(json: string): string {
  return createHash('sha256').update(json).digest('hex');
}
