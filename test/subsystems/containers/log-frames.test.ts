import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logLines } from '../../../src/subsystems/containers/log-frames.ts';

/** Text as the engine sends it: one character a byte. */
const bytesOf = (text: string) => Buffer.from(text).toString('latin1');

/** One piece of a stream behind its header. */
function frame(text: string, stream = 1): string {
  const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return header.toString('latin1') + bytesOf(text);
}

describe('the log of a container', () => {
  it('joins the pieces of both streams in the order in which they came', () => {
    expect(logLines(frame('GET / 200\n') + frame('queue is full\n', 2), false, 10)).toEqual(['GET / 200', 'queue is full']);
  });

  it('gives back whole text of any length and script', () => {
    const line = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 290 })
      .filter(
        (text) =>
          !/[\n\r]/.test(text) &&
          text.trim() !== '' &&
          text.length < 300 &&
          !/pass|secret|token|key|auth|credential|:\/\/|bearer/i.test(text),
      );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        expect(logLines(lines.map((text) => frame(`${text}\n`)).join(''), false, 10)).toEqual(lines);
      }),
    );
  });

  it('takes the output of a terminal as it is, which has no headers and ends its lines with a return', () => {
    expect(logLines(bytesOf('café ✓ ready\r\ntick\r\n'), true, 10)).toEqual(['café ✓ ready', 'tick']);
  });

  it('keeps the newest lines, and of each what a terminal shows in a few rows', () => {
    const lines = logLines(frame(`old\n${'a'.repeat(5_000)}\nnew\n`), false, 2);
    expect(lines.map((text) => text.length)).toEqual([300, 3]);
  });

  it('hides what looks like a secret', () => {
    expect(logLines(frame('connecting with password=hunter2xyz\n'), false, 10)).toEqual(['connecting with password=[hidden]']);
  });

  it('refuses what does not come in frames, and never reads beyond them', () => {
    for (const bytes of ['plain text', frame('cut off\n').slice(0, -3), frame('a\n').slice(0, 5), '\u0009\0\0\0\0\0\0\u0001a']) {
      expect(() => logLines(bytes, false, 10)).toThrow(expect.objectContaining({ kind: 'unparsed' }));
    }
    fc.assert(
      fc.property(fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) }), (bytes) => {
        try {
          logLines(bytes, false, 10);
        } catch (error) {
          expect(error).toMatchObject({ kind: 'unparsed' });
        }
      }),
    );
  });
});
