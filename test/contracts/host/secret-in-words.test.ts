import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Unknown } from '../../../src/core/unknown.ts';
import { recorder } from '../../../src/hosts/recorder.ts';
import { WAYS } from './ways.ts';

let folder: string;
let server: Server;
let to: string;
let got: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ward-secret-'));
  got = '';
  server = createServer((socket) =>
    socket.on('data', (chunk: Buffer) => {
      got += chunk.toString();
      socket.end('ok\r\n');
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  to = `127.0.0.1:${(server.address() as { port: number }).port}`;
});

afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

describe.each(WAYS)('a secret of a file in what is sent, on $way', ({ hostWithin }) => {
  const host = hostWithin();

  it('goes out in hexadecimal, byte for byte, and is in no recording', async () => {
    const key = join(folder, 'cookie');
    writeFileSync(key, Buffer.from([0, 255, 10, 200]));
    const tape = recorder(host);
    expect(await tape.host.ask('exchange', { to, send: `AUTHENTICATE {hex of ${key}}\r\n`, until: '\r\n' })).toBe('ok\r\n');
    expect(got).toBe('AUTHENTICATE 00ff0ac8\r\n');
    expect(tape.text('test')).not.toContain('00ff0ac8');
  });

  it('that is missing, a folder or larger than a key is not sent, and nothing else is either', async () => {
    const large = join(folder, 'large');
    writeFileSync(large, 'x'.repeat(65));
    for (const path of [join(folder, 'none'), folder, large, '/dev/zero']) {
      expect(await host.ask('exchange', { to, send: `AUTHENTICATE {hex of ${path}}\r\n`, until: '\r\n' }), path).toBeInstanceOf(Unknown);
    }
    expect(got).toBe('');
  });
});
