import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerIn, questionBytes } from '../../../src/hosts/shell/dns-message.ts';
import { replies, type Reply } from '../../../src/hosts/shell/replies.ts';
import { requestText } from '../../../src/hosts/shell/request.ts';
import { numberIn, propertiesIn, spanUs, timestampUs } from '../../../src/hosts/shell/systemd-text.ts';

const NONCE = '0123456789abcdef0123456789abcdef';
const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));

describe('what a shell sends', () => {
  it('comes apart as it was put together, in whatever pieces it arrives, whatever its bytes are', () => {
    const answers = fc.array(fc.tuple(fc.nat(9_999), bytes, bytes), { maxLength: 5 });
    fc.assert(
      fc.property(answers, fc.integer({ min: 1, max: 50 }), (all, size) => {
        const stream = Buffer.concat(
          all.flatMap(([id, one, two]) => [one, Buffer.from(`\n${NONCE} ${id} -\n`), two, Buffer.from(`\n${NONCE} ${id} 0\n`)]),
        );
        const seen: Reply[] = [];
        const take = replies(NONCE, (reply) => seen.push(reply));
        for (let at = 0; at < stream.length; at += size) take(stream.subarray(at, at + size));
        expect(seen.map(({ id, parts }) => [id, ...parts.map((part) => part.bytes)])).toEqual(all);
      }),
    );
  });

  it('ends no answer by a line of another nonce', () => {
    const seen: Reply[] = [];
    replies(NONCE, (reply) => seen.push(reply))(Buffer.from(`\n${NONCE.replace('0', 'f')} 1 0\n`));
    expect(seen).toEqual([]);
  });

  it('is refused where the line of its nonce has no number', () => {
    expect(() => replies(NONCE, () => undefined)(Buffer.from(`\n${NONCE} x 0\n`))).toThrow('ends no answer');
  });

  it('is refused where an answer has no end, in one part or in many', () => {
    const take = () => replies(NONCE, () => undefined);
    const [megabyte, parts] = [Buffer.alloc(1024 * 1024), Buffer.from(`\n${NONCE} 1 -\n`.repeat(25_000))];
    for (const piece of [megabyte, parts]) {
      const cut = take();
      expect(() => {
        for (let sent = 0; sent < 50 * 1024 * 1024; sent += piece.length) cut(piece);
      }).toThrow('an answer without end');
    }
  });
});

describe('what is asked of a shell', () => {
  it('is one line for each word, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: 'binary', maxLength: 30 }).filter((word) => !word.includes('\0')),
          { maxLength: 6 },
        ),
        (words) => {
          const lines = requestText(7, { kind: 'asis', words, ms: 1_500, late: '', bytes: 10 }).split('\n');
          expect(lines[0]).toBe(`7 asis 1.5 10 ${words.length}`);
          expect(lines.slice(1, -1).map(unescaped)).toEqual(words);
        },
      ),
      { numRuns: 40 },
    );
  });
});

/** As the shell's program does it. */
function unescaped(line: string): string {
  return line.startsWith('=') ? line.slice(1) : line.slice(1).replaceAll(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));
}

describe('an answer of a name server', () => {
  it('is read or refused, and never read for ever, whatever its bytes are', () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom('A', 'AAAA', 'NS', 'SOA'), (message, type) => {
        try {
          expect(Array.isArray(answerIn(message, type).records)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['20010db8000000000000000000000001', '2001:db8::1'],
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000000000001', '::1'],
    ['20010db8000000010000000000000001', '2001:db8:0:1::1'],
    ['fe800000000000000000000000000000', 'fe80::'],
    ['20010db8000100020003000400050006', '2001:db8:1:2:3:4:5:6'],
    ['00010000000000020000000000000003', '1:0:0:2::3'],
  ])('has the address %s as %s', (hex, text) => {
    const question = questionBytes(1, 'a.example', 'AAAA') ?? Buffer.alloc(0);
    const record = Buffer.concat([Buffer.from([0xc0, 12, 0, 28, 0, 1, 0, 0, 0, 60, 0, 16]), Buffer.from(hex, 'hex')]);
    const message = Buffer.concat([question, record]);
    message.writeUInt16BE(0x8180, 2);
    message.writeUInt16BE(1, 6);
    expect(answerIn(message, 'AAAA')).toEqual({ code: 0, cut: false, records: [text] });
  });
});

describe('what systemctl prints', () => {
  it('is one map for each block', () => {
    expect(propertiesIn('Id=a.service\nUnit=x=y\n\nId=b.timer\nEmpty=\n')).toEqual([
      { Id: 'a.service', Unit: 'x=y' },
      { Id: 'b.timer', Empty: '' },
    ]);
    expect(propertiesIn('')).toEqual([]);
  });

  it.each([
    ['Wed 2026-11-25 21:00:00.000042 UTC', Date.UTC(2026, 10, 25, 21) * 1000 + 42],
    ['Wed 2026-11-25 21:00:00 UTC', Date.UTC(2026, 10, 25, 21) * 1000],
    ['Wed 2026-11-25 21:00:00 CET', null],
    ['n/a', null],
    ['', null],
    [undefined, null],
  ])('tells by %j a moment', (text, us) => {
    expect(timestampUs(text)).toBe(us);
  });

  it.each([
    ['1h 2min 3.456789s', 3_723_456_789],
    ['2w 3d', 17 * 86_400e6],
    ['500us', 500],
    ['1y 1month', (31_557_600 + 2_629_800) * 1e6],
    ['0', null],
    ['infinity', null],
    ['', null],
    ['3 parsecs', null],
  ])('tells by %j a span', (text, us) => {
    expect(spanUs(text)).toBe(us);
  });

  it('has no number where none is set', () => {
    expect(['7', '0', '[not set]', '18446744073709551615', '', undefined].map(numberIn)).toEqual([7, 0, null, null, null, null]);
  });
});
