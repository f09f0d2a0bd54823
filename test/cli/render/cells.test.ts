import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginning, cells, cut } from '../../../src/cli/render/cells.ts';
import { hanging, wrapped } from '../../../src/cli/render/wrap.ts';

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(' ', 'a', 'é', '異', '🔥', '\u0301', '한', '\u1161'),
    fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme' }),
  ),
  maxLength: 120,
});

describe('cells of a terminal', () => {
  it.each([
    ['', 0],
    ['ward', 4],
    ['café', 4],
    ['cafe\u0301', 4],
    ['監視', 4],
    ['ﾆｯﾎﾟﾝ', 5],
    ['한국', 4],
    ['🔥', 2],
    ['✗ ✓ – · … ━', 11],
  ])('%j takes %i', (text, expected) => {
    expect(cells(text)).toBe(expected);
  });

  it('cuts to the width that is asked, marks included, and never splits a letter from its mark', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 40 }), fc.constantFrom('end' as const, 'middle' as const), (text, most, where) => {
        const short = cut(text, most, where, '…');
        expect(cells(short)).toBeLessThanOrEqual(most);
        expect(cells(text) <= most ? short : text).toBe(text);
        expect(text.startsWith(beginning(text, most))).toBe(true);
      }),
    );
  });

  it('keeps both ends of a name that is cut in its middle', () => {
    expect(cut('registry.example.net/shop/web:2026-11-22', 20, 'middle', '…')).toBe('registry.e…026-11-22');
  });

  it('wraps any text into lines that fit, and loses nothing but blanks', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 8, max: 60 }), (text, width) => {
        for (const lines of [wrapped(text, width), hanging(text, width)]) {
          expect(lines.filter((line) => cells(line) > width)).toEqual([]);
          expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        }
      }),
    );
  });

  it('wraps a megabyte of wide letters at once', () => {
    expect(wrapped('異'.repeat(500_000), 80)).toHaveLength(12_500);
  }, 5_000);
});
