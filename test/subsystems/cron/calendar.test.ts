import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastRun, nextRun } from '../../../src/subsystems/cron/calendar.ts';
import { scheduleOf } from '../../../src/subsystems/cron/schedule.ts';
import { zoneInRules, zoneNamed } from '../../../src/subsystems/cron/zone.ts';

const UTC = zoneNamed('Etc/UTC');

function next(schedule: string, after: string, zone = UTC): string | null {
  const at = nextRun(scheduleOf(schedule), Date.parse(after), zone);
  return at === null ? null : new Date(at).toISOString().slice(0, 16);
}

function last(schedule: string, until: string, zone = UTC): string | null {
  const at = lastRun(scheduleOf(schedule), Date.parse(until), zone);
  return at === null ? null : new Date(at).toISOString().slice(0, 16);
}

describe('a schedule', () => {
  it.each([
    ['*/15 * * * *', '2026-11-22T12:00:00Z', '2026-11-22T12:15'],
    ['0 3 * * 0', '2026-11-22T12:00:00Z', '2026-11-29T03:00'],
    ['0 3 * * 7', '2026-11-22T12:00:00Z', '2026-11-29T03:00'],
    ['30 4 1,15 * *', '2026-11-22T12:00:00Z', '2026-12-01T04:30'],
    ['0 22 * * mon-fri', '2026-11-21T00:00:00Z', '2026-11-23T22:00'],
    ['0 0 29 2 *', '2026-11-22T12:00:00Z', '2028-02-29T00:00'],
    ['@monthly', '2026-11-22T12:00:00Z', '2026-12-01T00:00'],
    ['5 0 * aug *', '2026-11-22T12:00:00Z', '2027-08-01T00:05'],
  ])('%s runs after %s at %s', (schedule, after, expected) => {
    expect(next(schedule, after)).toBe(expected);
  });

  it('with a day of the month and one of the week runs on either, and on both where one begins with a star', () => {
    expect(next('0 0 13 * 5', '2026-11-01T00:00:00Z')).toBe('2026-11-06T00:00');
    expect(next('0 0 */2 * 5', '2026-11-01T00:00:00Z')).toBe('2026-11-13T00:00');
  });

  it('never runs on a day that no month has', () => {
    expect(next('0 0 30 2 *', '2026-11-22T12:00:00Z')).toBeNull();
    expect(last('0 0 31 4 *', '2026-11-22T12:00:00Z')).toBeNull();
  });

  it('goes by the clocks of the machine, over the change to summer time and back', () => {
    const berlin = zoneNamed('Europe/Berlin');
    expect(next('30 3 * * *', '2026-03-28T12:00:00Z', berlin)).toBe('2026-03-29T01:30');
    expect(next('30 3 * * *', '2026-10-24T12:00:00Z', berlin)).toBe('2026-10-25T02:30');
    expect(next('0 9 * * *', '2026-11-22T12:00:00Z', zoneNamed('Asia/Kathmandu'))).toBe('2026-11-23T03:15');
    expect(next('0 9 * * *', '2026-11-22T12:00:00Z', zoneInRules('TZif2\n<+0530>-5:30\n'))).toBe('2026-11-23T03:30');
  });

  it('has no moment between the last run and the next', () => {
    const minute = fc.integer({ min: 0, max: 59 });
    const hour = fc.integer({ min: 0, max: 23 });
    const text = fc.oneof(
      fc.tuple(minute, hour).map(([m, h]) => `${m} ${h} * * *`),
      fc.tuple(minute, fc.integer({ min: 1, max: 23 })).map(([m, by]) => `${m} */${by} * * *`),
      fc.tuple(hour, fc.integer({ min: 0, max: 6 })).map(([h, day]) => `7 ${h} * * ${day}`),
      fc.integer({ min: 1, max: 28 }).map((day) => `0 0 ${day} * *`),
    );
    fc.assert(
      fc.property(text, fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }), (schedule, date) => {
        const parsed = scheduleOf(schedule);
        const at = date.getTime();
        const before = lastRun(parsed, at, UTC) ?? Number.NaN;
        const after = nextRun(parsed, at, UTC) ?? Number.NaN;
        expect(before).toBeLessThanOrEqual(at);
        expect(after).toBeGreaterThan(at);
        expect(nextRun(parsed, before, UTC)).toBe(after);
        expect(lastRun(parsed, after - 1, UTC)).toBe(before);
      }),
    );
  });
});

describe('a zone', () => {
  it('that knows summer time and has no name is not guessed', () => {
    expect(() => zoneInRules('TZif2\u0000\nCET-1CEST,M3.5.0,M10.5.0/3\n')).toThrow(expect.objectContaining({ kind: 'unparsed' }));
    expect(() => zoneNamed('Mars/Olympus')).toThrow(expect.objectContaining({ kind: 'unparsed' }));
  });
});
