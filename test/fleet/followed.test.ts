import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change, differenceOf, type JsonValue } from '../../src/core/difference.ts';
import { DOUBTED, type Held, reportAfter } from '../../src/fleet/followed.ts';
import { boundedJson, limitBroken, sizeOf } from '../../src/fleet/report/bounded-json.ts';
import { wholeAnswer } from './follower-ward.ts';

const digestOf = (value: JsonValue) => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const held = (value: JsonValue) => reportAfter(wholeAnswer(JSON.stringify(value)), null) as Held;
const differing = ({ digest: base, seq }: Held, to: JsonValue, changes: readonly Change[]) =>
  JSON.stringify({ seq: seq + 1, digest: digestOf(to), base, changes });

/** A list in a list in a list …, so many of them. */
const nested = (depth: number): JsonValue => Array.from({ length: depth - 1 }).reduce<JsonValue>((inner) => [inner], []);

describe('what a follower sends', () => {
  it('becomes its report, whatever differs from the last one', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (a, b) => {
        // Such a key is refused in every report.
        fc.pre(!/"(?:__proto__|constructor|prototype)"/.test(JSON.stringify([a, b])));
        const [before, after] = JSON.parse(JSON.stringify([a, b])) as [JsonValue, JsonValue];
        const base = held(before);
        const next = reportAfter(differing(base, after, differenceOf(before, after)), base) as Held;
        expect(next.value).toEqual(after);
        const { depth, values } = sizeOf(JSON.stringify(next.value));
        expect(next.size.depth).toBeGreaterThanOrEqual(depth);
        expect(next.size.values).toBeGreaterThanOrEqual(values);
      }),
    );
  });

  it('may not grow beyond what is read, not by any number of differences', () => {
    const of = (inner: JsonValue) => ({ a: { b: { c: { d: inner } } } });
    const base = held(of(1));
    const put = (inner: JsonValue) => reportAfter(differing(base, of(inner), [[['a', 'b', 'c', 'd'], inner]]), base);
    expect(put(nested(28))).toMatchObject({ seq: 2, size: { depth: 32 } });
    expect(put(nested(29))).toBe('its report grew beyond what is read: it is nested deeper than 32');
  });

  it('is measured anew where it may have become too much, and goes on where it has not', () => {
    const many = (length: number) => Array.from({ length }, () => 0);
    const empty = { a: 0, b: 0 };
    const first = held(empty);
    const [left, both] = [
      { a: many(150_000), b: 0 },
      { a: many(150_000), b: many(60_000) },
    ];
    const grown = reportAfter(differing(first, left, [[['a'], left.a]]), first) as Held;
    expect(reportAfter(differing(grown, both, [[['b'], both.b]]), grown)).toBe(
      'its report grew beyond what is read: it has more than 200,000 values',
    );
    // What was put in the place of another value takes its place, too.
    const small = { a: 1, b: 0 };
    const shrunk = reportAfter(differing(grown, small, [[['a'], 1]]), grown) as Held;
    const right = { a: 1, b: many(60_000) };
    expect(reportAfter(differing(shrunk, right, [[['b'], right.b]]), shrunk)).toMatchObject({ seq: 4, size: { depth: 2 } });
  });

  it('is no base of differences where its digest is none, or is doubted and wrong', () => {
    const answer = (digest: string) => JSON.stringify({ seq: 1, digest, report: { a: 1 } });
    const wrong = 'f'.repeat(64);
    expect(reportAfter(answer('x\nreport'), null)).toMatchObject({ digest: '-' });
    expect(reportAfter(answer(wrong), null)).toMatchObject({ digest: wrong });
    expect(reportAfter(answer(wrong), DOUBTED)).toMatchObject({ digest: '-' });
    expect(reportAfter(answer(digestOf({ a: 1 })), DOUBTED)).toMatchObject({ digest: digestOf({ a: 1 }) });
  });
});

describe('JSON of which nobody knows how much it is', () => {
  it('is what JSON.parse makes of it, and its size is never told too small', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (json) => {
        fc.pre(!/"(?:__proto__|constructor|prototype)"/.test(json));
        const value = JSON.parse(json) as unknown;
        const { depth, values } = counted(value);
        expect(boundedJson(json)).toMatchObject({ kind: 'value', value, size: { depth } });
        expect(sizeOf(json).values).toBeGreaterThanOrEqual(values);
        expect(limitBroken(sizeOf(json))).toBeNull();
      }),
    );
  });

  it('is refused by the key that is there twice, wherever it stands and whatever texts are around it', () => {
    const text = String.raw`{"x":["{\"a\":1,\"a\":","\\",{"\\\"":1,"}":[{"b":":","a":{"b":1},"b":2}]}]}`;
    expect(boundedJson(text)).toEqual({ kind: 'broken', why: 'it has the key "b" twice' });
    expect(boundedJson('{"a" : 1, "a" : 2}')).toEqual({ kind: 'broken', why: 'it has the key "a" twice' });
  });
});

function counted(value: unknown): { depth: number; values: number } {
  if (typeof value !== 'object' || value === null) return { depth: 0, values: 1 };
  const inner = Object.values(value).map(counted);
  return { depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)), values: 1 + inner.reduce((sum, { values }) => sum + values, 0) };
}
