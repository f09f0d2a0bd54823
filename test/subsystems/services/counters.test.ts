import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Counters, grown } from '../../../src/subsystems/services/counters.ts';

describe('restarts since the last report', () => {
  it('are those of units that were there before; one that is new says nothing', () => {
    const before = { 'a.service': 2, 'b.service': 7 };
    expect(grown({ before, now: { 'a.service': 5, 'b.service': 7, 'c.service': 90 }, seconds: 60.4 })).toEqual({
      seconds: 60,
      units: [{ name: 'a', count: 3 }],
    });
  });

  it('begin anew where somebody started the unit, for then systemd counts from 0', () => {
    expect(grown({ before: { 'a.service': 40 }, now: { 'a.service': 2 }, seconds: 60 }).units).toEqual([{ name: 'a', count: 2 }]);
  });

  it('are never negative and never more than the counter, whatever it did', () => {
    const counters = fc.dictionary(fc.constantFrom('a.service', 'b.service', 'c.timer'), fc.nat(1_000_000));
    fc.assert(
      fc.property(counters, counters, (before: Counters, now: Counters) => {
        const named = new Map(Object.entries(now).map(([name, count]) => [name.replace(/\.service$/, ''), count]));
        for (const { name, count } of grown({ before, now, seconds: 60 }).units) {
          expect(count).toBeGreaterThan(0);
          expect(count).toBeLessThanOrEqual(named.get(name) ?? -1);
        }
      }),
    );
  });
});
