import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forcedWords, ONLY } from '../../src/agent/forced-command.ts';

describe('what a key may say whose command is the agent', () => {
  it.each([
    ['report', ['report']],
    ['report --frame 0123456789abcdef', ['report', '--frame', '0123456789abcdef']],
    ['follow', ['follow']],
    ['version', ['version']],
    ['probe tcp 10.0.0.2:4001', ['probe', 'tcp', '10.0.0.2:4001']],
    ['probe mesh-ping [fd00::2]:51820', ['probe', 'mesh-ping', '[fd00::2]:51820']],
  ])('is %j', (line, words) => {
    expect(forcedWords(line)).toEqual(words);
  });

  it.each([undefined, '', ' ', 'report\n', 'report\0', '\treport', 'report report', 'probe', 'probe tcp', 'version -'])(
    'is not %j',
    (line) => {
      expect(() => forcedWords(line)).toThrow(ONLY);
    },
  );

  it('is never anything that a shell, sudo or the agent itself could take for more', () => {
    const near = fc.array(
      fc.constantFrom(
        'report',
        'follow',
        'version',
        'probe',
        'tcp',
        ' ',
        '\n',
        ';',
        '-',
        '--frame',
        '$(id)',
        '10.0.0.2',
        'abcdefgh',
        "'",
        '\u00a0',
      ),
    );
    const lines = fc.oneof(
      near.map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(lines, (line) => {
        try {
          expect(forcedWords(line).join(' ')).toBe(line);
          expect(line).toMatch(/^[a-z][\w .:[\]/-]*$/);
        } catch (error) {
          expect(error).toMatchObject({ exit: 6, message: ONLY });
        }
      }),
      { numRuns: 5_000 },
    );
  });
});
