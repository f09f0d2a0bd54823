import { describe, expect, it } from 'vitest';
import { compare } from '../../lab/verify/compare.ts';
import { type Figure, number, valueAt, word } from '../../lab/verify/figure.ts';

const REPORT = { system: { cpu_count: 2, filesystems: [{ mount: '/' }, { mount: '/srv/data', use_pct: 7 }] }, dns: null };

function verdict(figure: Partial<Figure>, output: string): boolean | undefined {
  const whole: Figure = { path: 'system.cpu_count', command: 'nproc', read: number, ...figure };
  return compare(REPORT, [whole], new Map([['nproc', output]]))[0]?.equal;
}

describe('a field of a report', () => {
  it('is found by its path, in lists by one of its own fields', () => {
    expect(valueAt(REPORT, 'system.cpu_count')).toBe(2);
    expect(valueAt(REPORT, 'system.filesystems[mount=/srv/data].use_pct')).toBe(7);
  });

  it.each(['system.cpu', 'dns.server', 'system.filesystems[mount=/mnt].use_pct'])('is undefined at %s, which leads nowhere', (path) => {
    expect(valueAt(REPORT, path)).toBeUndefined();
  });
});

describe('a field beside what the host says', () => {
  it.each([
    ['is equal', {}, '2\n', true],
    ['is another number', {}, '3\n', false],
    ['has moved as far as it may', { within: 1 }, '3\n', true],
    ['has moved further', { within: 1 }, '4\n', false],
    ['has another type', { read: word }, '2\n', false],
    ['is compared in another form', { read: word, as: String }, '2\n', true],
  ])('%s', (_name, figure, output, equal) => {
    expect(verdict(figure, output)).toBe(equal);
  });

  it.each([
    ['the host says nothing', { read: word, path: 'system.cpu_count', as: () => '' }, ''],
    ['the host gives no number', {}, ''],
    ['what the host says cannot be read', { read: (output: string) => JSON.parse(output) as unknown }, 'not found'],
    ['the report has no such field', { path: 'system.nothing' }, '2'],
    ['the report does not know it', { path: 'dns' }, '2'],
  ])('is never equal where %s', (_name, figure, output) => {
    expect(verdict(figure, output)).toBe(false);
  });
});
