import type { Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deserted, ownFolder, tcp } from './places.ts';
import { WAYS } from './ways.ts';

/** Answers each line with itself, in capitals. */
const shouting = (socket: Socket) => socket.on('data', (chunk: Buffer) => socket.write(chunk.toString().toUpperCase()));

describe.each(WAYS)('a talk over TCP on $way', ({ hostWithin }) => {
  const { ask } = hostWithin();

  it('gives what came up to the text that was waited for', async () => {
    const to = await tcp(shouting);
    expect(await ask('exchange', { to, send: 'ping\r\nmore\r\n', until: 'PING\r\n' })).toBe('PING\r\n');
  });

  it('finds the text that is waited for across pieces, and letters cut in two', async () => {
    const bytes = Buffer.from('é€ ready> rest');
    const to = await tcp((socket) => {
      socket.setNoDelay(true);
      let at = 0;
      const next = (): void => {
        if (at < bytes.length) socket.write(bytes.subarray(at, (at += 1)), () => setImmediate(next));
      };
      next();
    });
    expect(await ask('exchange', { to, send: '', until: 'ready>' })).toBe('é€ ready>');
  });

  it('stops at the first end that comes, though more of them follow', async () => {
    const to = await tcp((socket) => socket.end('aabaabaab'));
    expect(await ask('exchange', { to, send: '', until: 'aab' })).toBe('aab');
  });

  it('takes being let in for an answer where no text is waited for', async () => {
    const to = await tcp(() => undefined);
    expect(await ask('exchange', { to, send: '', until: '' })).toBe('');
  });

  it('talks at a unix socket', async () => {
    const to = await tcp(shouting, join(ownFolder(), 'socket'));
    expect(await ask('exchange', { to, send: 'x', until: 'X' })).toBe('X');
  });

  it('says that nobody listens', async () => {
    expect(await ask('exchange', { to: await deserted(), send: '', until: '' })).toMatchObject({
      kind: 'absent',
      reason: 'nobody listens there',
    });
  });

  it('finds this machine by its name', async () => {
    const port = (await tcp(() => undefined)).split(':')[1];
    expect(await ask('exchange', { to: `localhost:${port}`, send: '', until: '' })).toBe('');
  });

  it('gives no half answer where the connection ends early', async () => {
    const to = await tcp((socket) => socket.end('half'));
    expect(await ask('exchange', { to, send: '', until: 'whole' })).toMatchObject({
      kind: 'failed',
      reason: 'the connection was closed before the whole answer came',
    });
  });

  it('takes no more than 4 MiB', async () => {
    const to = await tcp((socket) => {
      const more = () => {
        while (socket.writable && socket.write('x'.repeat(65_536)));
      };
      socket.on('drain', more);
      more();
    });
    expect(await ask('exchange', { to, send: '', until: 'never' })).toMatchObject({
      kind: 'failed',
      reason: 'more than 4 MiB without the end that was waited for',
    });
  });

  it('waits for no longer than its deadline for one who is silent', async () => {
    const to = await tcp(() => undefined);
    const begun_ms = performance.now();
    expect(await hostWithin(300).ask('exchange', { to, send: 'hello', until: 'x' })).toMatchObject({
      kind: 'timeout',
      reason: 'no answer within 0.3 s',
    });
    expect(performance.now() - begun_ms).toBeLessThan(1_500);
  });

  it.each(['', 'localhost', ':80', 'localhost:0', 'localhost:70000', 'localhost:ssh'])('says of %j that it is no place', async (to) => {
    expect(await ask('exchange', { to, send: '', until: '' })).toMatchObject({
      kind: 'failed',
      asked: false,
      reason: `${to} is no HOST:PORT`,
    });
  });
});
