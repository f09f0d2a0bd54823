import { describe, expect, it } from 'vitest';
import { forgetOld, holds } from '../../src/hosts/local/verdicts.ts';

const NOW_S = 1_764_000_000;
const at = (at_s: number) => ({ distrust: '', at_s });

describe('a verdict on a chain of certificates', () => {
  it.each([
    ['for an hour', at(NOW_S - 3_600), [], true],
    ['and no longer', at(NOW_S - 3_601), [], false],
    ['not where the clock was set back behind it', at(NOW_S + 1), [], false],
    ['while the certificate’s dates lie outside of that time', at(NOW_S - 60), [NOW_S - 61, NOW_S + 1], true],
    ['not beyond the certificate’s end', at(NOW_S - 60), [NOW_S - 30], false],
  ])('holds %s', (_when, verdict, dates_s, expected) => {
    expect(holds(verdict, dates_s, NOW_S)).toBe(expected);
  });

  it('is forgotten once it no longer holds', () => {
    const verdicts = { old: at(NOW_S - 9_000), fresh: at(NOW_S - 9) };
    forgetOld(verdicts, NOW_S);
    expect(Object.keys(verdicts)).toEqual(['fresh']);
  });
});
