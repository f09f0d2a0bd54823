import { describe, expect, it } from 'vitest';
import { framed } from '../../src/agent/frame.ts';
import { readFrame } from '../../src/agent/read-frame.ts';

const REPORT = '{"hostname":"ns1 \u00e4\u20ac"}';
const read = (text: string | Buffer, nonce = 'abc123') => readFrame(Buffer.from(text as string), nonce);

describe('readFrame', () => {
  it('gives back what was framed, with the exit code and the noise before it', async () => {
    expect(read(`Welcome to ns1\r\n${await framed('abc123', REPORT, 0)}`)).toEqual({
      kind: 'whole',
      payload: REPORT,
      exit: 0,
      noise: 'Welcome to ns1',
    });
  });

  it('says at which byte an answer was cut, at every byte', async () => {
    const whole = Buffer.from(await framed('abc123', REPORT, 0));
    const header = whole.indexOf('{');
    for (let end = header; end < header + Buffer.byteLength(REPORT); end += 1) {
      expect(read(whole.subarray(0, end))).toMatchObject({
        kind: 'truncated',
        at_bytes: end - header,
        of_bytes: Buffer.byteLength(REPORT),
      });
    }
    for (let end = 0; end < header; end += 1) expect(read(whole.subarray(0, end)).kind).toBe('none');
  });

  it('refuses the answer to another request', async () => {
    expect(read(await framed('0ld', REPORT, 0)).kind).toBe('replay');
  });

  it('finds a byte that was changed on the way', async () => {
    const whole = Buffer.from(await framed('abc123', REPORT, 0));
    whole[whole.indexOf('ns1')] = 'x'.charCodeAt(0);
    expect(read(whole).kind).toBe('damaged');
  });

  it('takes no frame out of the middle of a line, so that log text cannot forge one', async () => {
    expect(read(`log: ${(await framed('abc123', REPORT, 0)).trimStart()}`).kind).toBe('none');
  });
});
