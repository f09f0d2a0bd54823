import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applied, type Change, differenceOf, type JsonValue } from '../../src/core/difference.ts';

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<JsonValue>;
/** As it is when it comes over a wire. */
const sent = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The same value with some of it changed, as one report follows another. */
function later(value: JsonValue, pick: (of: number) => number): JsonValue {
  if (Array.isArray(value)) {
    const items = value.map((item) => (pick(3) === 0 ? later(item, pick) : item));
    return pick(6) === 0 ? items.slice(1) : pick(6) === 0 ? [...items, 'new'] : items;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]): [string, JsonValue] => [key, pick(3) === 0 ? later(item, pick) : item]);
    return Object.fromEntries(pick(6) === 0 ? [...entries.slice(1), ['added', 1]] : entries);
  }
  return pick(2) === 0 ? pick(100) : value;
}

describe('the difference between two values', () => {
  it('makes of the first the second, to the byte', () => {
    const pairs = fc.oneof(
      fc.tuple(json, json),
      fc
        .tuple(json, fc.infiniteStream(fc.nat()))
        .map(([base, numbers]): [JsonValue, JsonValue] => [base, later(base, (of) => (numbers.next().value as number) % of)]),
    );
    fc.assert(
      fc.property(pairs, ([first, second]) => {
        const [base, next] = [sent(first), sent(second)];
        const before = JSON.stringify(base);
        const changes = sent(differenceOf(base, next));
        expect(JSON.stringify(applied(base, changes)?.value)).toBe(JSON.stringify(next));
        expect(JSON.stringify(base)).toBe(before);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is empty between two that are the same, and small where little changed', () => {
    const report = { system: { load_1: 0.5, cores: 4 }, peers: [{ age: 1 }, { age: 2 }], note: null };
    expect(differenceOf(report, sent(report))).toEqual([]);
    expect(differenceOf(report, { ...report, system: { load_1: 0.7, cores: 4 }, peers: [{ age: 1 }, { age: 9 }] })).toEqual([
      [['system', 'load_1'], 0.7],
      [['peers', 1, 'age'], 9],
    ]);
  });

  it('leads only to what is there: nothing is added, and nothing of the language itself is reached', () => {
    const base: JsonValue = { a: [1, 2], b: { c: 1 }, t: 'text' };
    const nowhere: Change[0][] = [
      ['x'],
      ['a', 2],
      ['a', -1],
      ['a', 0.5],
      ['a', '0'],
      ['a', 'length'],
      ['b', 'd', 'e'],
      ['t', 0],
      ['__proto__', 'x'],
      ['constructor'],
    ];
    for (const path of nowhere) expect(applied(base, [[path, 1]]), JSON.stringify(path)).toBeNull();
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    const named = JSON.parse('{"__proto__": {"a": 1}}') as JsonValue;
    expect(JSON.stringify(applied(named, [[['__proto__', 'a'], 2]])?.value)).toBe('{"__proto__":{"a":2}}');
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  it('of whatever was sent is taken whole or not at all, and never throws', () => {
    const path = fc.array(fc.oneof(fc.string(), fc.integer(), fc.constantFrom('a', 'b', 0, '__proto__')), { maxLength: 5 });
    const changes = fc.array(fc.tuple(path, json)) as fc.Arbitrary<Change[]>;
    fc.assert(
      fc.property(json, changes, (value, some) => {
        const base = sent(value);
        const before = JSON.stringify(base);
        const after = applied(base, sent(some));
        expect(after === null || JSON.stringify(after.value) !== undefined).toBe(true);
        expect(JSON.stringify(base)).toBe(before);
      }),
    );
  });
});
