import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../src/agent/words.ts';

const KINDS = { '--json': 'flag', '--only': 'value' } as const;
const read = (...words: string[]) => {
  const { alone, options } = wordsOf(words, KINDS);
  return [alone, Object.fromEntries(options)];
};

describe('the words of a command line', () => {
  it.each([
    [['report'], [['report'], {}]],
    [
      ['report', '--json'],
      [['report'], { '--json': '' }],
    ],
    [
      ['--only', 'a,b', 'report'],
      [['report'], { '--only': 'a,b' }],
    ],
    [
      ['report', '--only=a=b'],
      [['report'], { '--only': 'a=b' }],
    ],
    [
      ['report', '--only='],
      [['report'], { '--only': '' }],
    ],
    [
      ['report', '--only', '--json'],
      [['report'], { '--only': '--json' }],
    ],
    [[], [[], {}]],
  ])('%j are read', (words, expected) => {
    expect(read(...words)).toEqual(expected);
  });

  it.each([
    [['--jso'], 'there is no option --jso; there are --json, --only'],
    [['-x'], 'there is no option -x'],
    [['--'], 'there is no option --'],
    [['--json=yes'], '--json takes no value'],
    [['--only'], '--only needs a value'],
    [['--constructor'], 'there is no option --constructor'],
  ])('%j are refused with a sentence', (words, sentence) => {
    expect(() => read(...words)).toThrow(sentence);
  });
});
