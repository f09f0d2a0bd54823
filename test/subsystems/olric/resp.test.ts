import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Unknown } from '../../../src/core/unknown.ts';
import { type Reply, replies } from '../../../src/subsystems/olric/resp.ts';

/** A reply as a server writes it; lengths count bytes. */
function written(reply: Reply): string {
  if (reply === null) return '$-1\r\n';
  if (typeof reply === 'number') return `:${reply}\r\n`;
  if (typeof reply === 'string') return `$${new TextEncoder().encode(reply).length}\r\n${reply}\r\n`;
  return `*${reply.length}\r\n${reply.map(written).join('')}`;
}

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const { reply } = fc.letrec<{ reply: Reply; list: Reply[] }>((tie) => ({
  reply: fc.oneof({ maxDepth: 4 }, text, fc.integer(), fc.constant(null), tie('list')),
  list: fc.array(tie('reply'), { maxLength: 5 }),
}));

describe('replies of the Redis protocol', () => {
  it('are read back as they were written, one after another', () => {
    fc.assert(
      fc.property(reply, reply, (first, second) => {
        const next = replies(written(first) + written(second));
        expect([next(), next()]).toEqual([first, second]);
      }),
    );
  });

  it('that break off anywhere are said to, and never read as shorter ones', () => {
    const whole = written(['127.0.0.1:3320', 1_795_632_084, 'grün']);
    for (let length = 0; length < whole.length; length += 1)
      expect(() => replies(whole.slice(0, length))(), whole.slice(0, length)).toThrow(Unknown);
  });

  it('that refuse are denied for want of a password, else failed', () => {
    expect(thrownBy('-NOAUTH Authentication required.\r\n')).toMatchObject({ kind: 'denied' });
    expect(thrownBy("-ERR unknown command 'STATS'\r\n")).toMatchObject({ kind: 'failed' });
    expect(thrownBy('*1\r\n-ERR inside\r\n')).toMatchObject({ kind: 'failed' });
  });

  it('of any other server are an Unknown, whatever it sends', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[*$:+-][0-9*$:\r\n-]{0,30}$/)), (sent) => {
        const thrown = thrownBy(sent);
        expect(thrown === null || thrown instanceof Unknown).toBe(true);
      }),
    );
  });
});

function thrownBy(sent: string): unknown {
  try {
    replies(sent)();
    return null;
  } catch (error) {
    return error;
  }
}
