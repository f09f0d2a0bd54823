import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printableJson, visible } from '../../src/core/clean.ts';
import { here, onNode, shellWord } from '../../src/core/command.ts';
import { nearest } from '../../src/core/nearest.ts';
import { questionText } from '../../src/core/question.ts';
import { fits } from '../../src/core/settings.ts';
import { age, ageInWords, count, listed, many, percent, size, sizeInWords } from '../../src/core/units.ts';

/** What may move, hide or reorder other text. */
const DANGEROUS = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\u{e0000}-\u{e007f}]/u;

describe('visible', () => {
  it.each([
    ['\u001b[2J', String.raw`\x1b[2J`],
    ['\u009b2J', String.raw`\x9b2J`],
    ['a\nb\rc\td', String.raw`a\nb\rc\td`],
    ['\u202egpj.exe', '<U+202E>gpj.exe'],
    ['a\u200bb', 'a<U+200B>b'],
    ['\u{e0041}', '<U+E0041>'],
    [`e${'\u0301'.repeat(40)}`, `e${'\u0301'.repeat(4)}…`],
    ['Zürich 東京 😀', 'Zürich 東京 😀'],
    ['\ud800', '<U+D800>'],
  ])('shows %j as %s', (text, shown) => expect(visible(text)).toBe(shown));

  it('lets nothing through that moves, hides or reorders text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !DANGEROUS.test(visible(text))));
  });
});

describe('printableJson', () => {
  it('keeps the value and prints no character that a terminal obeys', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(JSON.parse(printableJson({ text }))).toEqual({ text });
        expect(printableJson({ text })).not.toMatch(DANGEROUS);
      }),
    );
  });
});

describe('a next step', () => {
  it('quotes each value as one word', () => {
    expect(onNode`journalctl -u ${'shop@1.service'} -n ${50}`).toEqual({ on: 'node', command: 'journalctl -u shop@1.service -n 50' });
    expect(here`ping -c 3 ${'a; reboot'}`).toEqual({ on: 'here', command: "ping -c 3 'a; reboot'" });
    expect(shellWord("it's")).toBe(String.raw`'it'\''s'`);
    expect(shellWord('-rf')).toBe("'-rf'");
    expect(shellWord('a\nreboot')).toBe(String.raw`'a\nreboot'`);
    expect(shellWord('')).toBe("''");
  });
});

describe('values as people read them', () => {
  it.each([
    [0, '0'],
    [512, '512'],
    [1023.9, '1.0K'],
    [135 * 1024, '135K'],
    [1.1 * 2 ** 30, '1.1G'],
    [640 * 2 ** 20, '640M'],
    [9.96 * 2 ** 30, '10G'],
    [78.2 * 2 ** 30, '78G'],
  ])('%d bytes are %s in a table', (bytes, text) => expect(size(bytes)).toBe(text));
  it('writes sizes out in sentences', () => expect([sizeInWords(7 * 2 ** 30), sizeInWords(12)]).toEqual(['7.0 GiB', '12 bytes']));
  it.each([
    [12, '12s'],
    [112, '1m52s'],
    [64, '1m04s'],
    [725, '12m'],
    [4620, '1h17m'],
    [273_600, '3d4h'],
    [118 * 86_400 + 5, '118d'],
    [0, '0s'],
    [60, '1m'],
    [-5, '0s'],
  ])('%d s are %s', (seconds, text) => expect(age(seconds)).toBe(text));
  it('writes ages out in sentences', () =>
    expect([ageInWords(4620), ageInWords(41 * 86_400), ageInWords(86_400)]).toEqual(['1 h 17 min', '41 days', '1 day']));
  it('writes percents, counts and lists', () => {
    expect([percent(91), percent(8.2, true), percent(0, true), percent(12.6, true)]).toEqual(['91%', '8.2%', '0%', '13%']);
    expect([count(4812), count(999), count(1_234_567)]).toEqual(['4,812', '999', '1,234,567']);
    expect([many(1, 'warning'), many(2, 'warning'), many(2, 'entry', 'entries')]).toEqual(['1 warning', '2 warnings', '2 entries']);
    expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a and b', 'a, b and c']);
  });
});

describe('nearest', () => {
  it('names the candidate most like the word, or none', () => {
    expect(nearest('adress', ['address', 'user'])).toBe('address');
    expect(nearest('ns22', ['ns2', 'vm4'])).toBe('ns2');
    expect(nearest('zzzzzz', ['address'])).toBeNull();
  });
});

describe('fits', () => {
  it.each([
    ['system/*', 'system/disk', true],
    ['*', '', true],
    ['/srv/*', '/srv', false],
    ['a*b*c', 'axxbyyc', true],
    ['a*a', 'a', false],
    ['disk', 'disks', false],
    ['*.service', 'x.service', true],
  ])('%s on %s is %s', (pattern, text, wanted) => expect(fits(pattern, text)).toBe(wanted));
  it('takes no longer for a hostile pattern', () => {
    expect(fits('*a'.repeat(200), 'a'.repeat(50_000))).toBe(true);
    expect(fits(`${'a*'.repeat(200)}b`, 'a'.repeat(50_000))).toBe(false);
  });
});

describe('questionText', () => {
  it('is one line, equal for equal questions, with odd words quoted', () => {
    expect(questionText('run', { program: 'wg', words: ['show', 'all'] })).toBe('run wg show all');
    expect(questionText('http', { method: 'GET', to: 'http://127.0.0.1:80', path: '/a', body: '' })).toBe(
      'http GET http://127.0.0.1:80 /a',
    );
    expect(questionText('read', { path: '/a b\nread /c' })).toBe(String.raw`read "/a b\nread /c"`);
    expect(questionText('clock', {})).toBe('clock');
  });
});
