import { hash } from 'node:crypto';
import { applied, type Change, type JsonValue } from '../core/difference.ts';
import { boundedJson, limitBroken, type Size, sizeOf } from './report/bounded-json.ts';
import { isMap } from './report/fit.ts';

/** The last report of a node as it sent it, with what it is known by on its channel. */
export interface Held {
  value: JsonValue;
  /** `-` where it cannot be the base of a difference. */
  digest: string;
  seq: number;
  /** Or less. */
  size: Size;
}

/** What is held where a difference went wrong: no base, and no digest is taken at its word any more. */
export const DOUBTED: Held = { value: null, digest: '-', seq: 0, size: { depth: 0, values: 0 } };

/** The report that an answer makes of the one that is held, or a sentence for why it makes none. Bounded like any report; never throws. */
export function reportAfter(text: string, held: Held | null): Held | string {
  const bounded = boundedJson(text);
  if (bounded.kind !== 'value' || !isMap(bounded.value)) return 'what it sent is no answer of a follower';
  const { seq, digest, report, base, changes } = bounded.value as Record<string, JsonValue | undefined>;
  if (typeof seq !== 'number' || typeof digest !== 'string') return 'what it sent has no number or digest';
  if (report !== undefined) return { value: report, digest: isBase(digest, report, held) ? digest : '-', seq, size: bounded.size };
  return held !== null && base === held.digest && seq > held.seq
    ? changed(held, changes, { digest, seq, size: bounded.size })
    : 'what it sent is the difference to another report';
}

/** A whole report came in a frame with a digest of its own; whether this one is right shows with the first difference. */
function isBase(digest: string, report: JsonValue, held: Held | null): boolean {
  return /^[0-9a-f]{64}$/.test(digest) && (held?.digest !== '-' || digestOf(JSON.stringify(report)) === digest);
}

function changed(base: Held, changes: JsonValue | undefined, { digest, seq, size }: Omit<Held, 'value'>): Held | string {
  const next = isChanges(changes) ? applied(base.value, changes) : null;
  const json = next === null ? '' : JSON.stringify(next.value);
  if (next === null || digestOf(json) !== digest) return 'the difference that it sent leads to another report than its own';
  const most = sizeAfter(base.size, changes as Change[], size);
  // The real size is only looked for where the report may have grown too large.
  const grown = limitBroken(most) === null ? most : sizeOf(json);
  const broken = limitBroken(grown);
  return broken === null ? { value: next.value, digest, seq, size: grown } : `its report grew beyond what is read: ${broken}`;
}

/** The most that can have come of it: each change stands at the end of its path. */
function sizeAfter(base: Size, changes: readonly Change[], answer: Size): Size {
  const deepest = changes.reduce((most, [path]) => Math.max(most, path.length), 0);
  return { depth: Math.max(base.depth, deepest + answer.depth - AROUND), values: base.values + answer.values };
}

/** The answer, its list of changes, and the change: so deep is what a change puts in its place. */
const AROUND = 3;

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
  return hash('sha256', json);
}
