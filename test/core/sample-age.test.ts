import { describe, expect, it } from 'vitest';
import { type Sample, sampleAge } from '../../src/core/samples.ts';

const sample: Sample = { boot_id: 'b1', uptime_s: 1000, values: {} };
const age = (uptime_s: number, boot_id = 'b1') => sampleAge(sample, { boot_id, uptime_s });

describe('an earlier sample', () => {
  it.each([
    [1000.99, null],
    [1001, 1],
    [1030.5, 30.5],
    [1600, 600],
    [1600.01, null],
    [999, null],
    [1000, null],
  ])('serves for rates from one second to ten minutes after: at %d s it is %d s old', (uptime_s, seconds) => {
    expect(age(uptime_s)).toBe(seconds);
  });

  it('does not serve in another boot', () => {
    expect(age(1030, 'b2')).toBeNull();
  });

  it('does not serve where there is none', () => {
    expect(sampleAge(null, { boot_id: 'b1', uptime_s: 5 })).toBeNull();
  });
});
