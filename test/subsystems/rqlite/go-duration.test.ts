import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Unknown } from '../../../src/core/unknown.ts';
import { goDuration } from '../../../src/subsystems/rqlite/go-duration.ts';

describe('a duration in the words of Go', () => {
  it.each([
    ['0s', 0],
    ['7.297112ms', 7.297112],
    ['11.461248364s', 11461.248364],
    ['1h2m3.5s', 3_723_500],
    ['150ns', 0.00015],
    ['1.072µs', 0.001072],
  ])('%s is so many milliseconds', (text, ms) => {
    expect(goDuration(text)).toBeCloseTo(ms, 6);
  });

  it('of any whole seconds, minutes and hours is read back', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(59), fc.nat(59), (hours, minutes, seconds) => {
        expect(goDuration(`${hours}h${minutes}m${seconds}s`)).toBe(((hours * 60 + minutes) * 60 + seconds) * 1000);
      }),
    );
  });

  it('is a finite number or said not to be read, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9.hmsuµn-]{0,20}$/)), (text) => {
        try {
          expect(Number.isFinite(goDuration(text))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(Unknown);
        }
      }),
    );
  });
});
