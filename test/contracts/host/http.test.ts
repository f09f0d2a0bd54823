import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deserted, listening, ownFolder, tcp } from './places.ts';
import { WAYS } from './ways.ts';

const http = (answer: RequestListener, path?: string) => listening(createHttpServer(answer) as Server, path);
const raw = (text: string) => tcp((socket) => socket.end(text));

/** Sends a piece every 20 ms for as long as somebody reads. */
function drip(socket: Socket, piece: string): void {
  const timer = setInterval(() => socket.write(piece), 20);
  socket.on('close', () => clearInterval(timer));
  onTestFinished(() => clearInterval(timer));
}

const get = (to: string, path = '/') => ({ method: 'GET', to, path, body: '' });

describe.each(WAYS)('HTTP on $way', ({ hostWithin }) => {
  const { ask } = hostWithin();

  it.each([
    [200, '{"ok":true}'],
    [204, ''],
    [404, 'not here\n'],
    [503, 'no leader\nnow'],
    [200, '= 500\n| x\n'],
  ])('takes %i with the body %j for an answer', async (status, body) => {
    const at = await http((_, response) => response.writeHead(status).end(body));
    expect(await ask('http', get(`http://${at}`))).toEqual({ status, body });
  });

  it('sends method, path and body as they are, and nothing that tells of us', async () => {
    const seen: unknown[] = [];
    const at = await http((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen.push({
          method: request.method,
          url: request.url,
          type: request.headers['content-type'],
          agent: request.headers['user-agent'],
          body,
        });
        response.end('taken');
      });
    });
    await ask('http', { method: 'POST', to: `http://${at}`, path: '/db/query?level=weak', body: '["SELECT 1 -- é"]' });
    expect(seen).toEqual([
      { method: 'POST', url: '/db/query?level=weak', type: 'application/json', agent: undefined, body: '["SELECT 1 -- é"]' },
    ]);
  });

  it('asks at a unix socket', async () => {
    const to = await http((request, response) => response.end(`at ${request.url}`), join(ownFolder(), 'socket'));
    expect(await ask('http', get(to, '/info'))).toEqual({ status: 200, body: 'at /info' });
  });

  it('does not follow where it is sent', async () => {
    const asked: string[] = [];
    const other = await http((request, response) => {
      asked.push(String(request.url));
      response.end();
    });
    const at = await http((_, response) => response.writeHead(302, { location: `http://${other}/secret` }).end('moved'));
    expect(await ask('http', get(`http://${at}`))).toEqual({ status: 302, body: 'moved' });
    expect(asked).toEqual([]);
  });

  it('says that nobody listens', async () => {
    const nobody = await deserted();
    expect(await ask('http', get(`http://${nobody}`))).toMatchObject({ kind: 'absent', reason: 'nobody listens there' });
    expect(await ask('http', get(`unix:${ownFolder()}/socket`))).toMatchObject({ kind: 'absent' });
  });

  it.each(['SSH-2.0-OpenSSH_9.2\r\n', '\x16\x03\x01\x02\x00\x01', 'HTTP/9 yes\r\n\r\n'])('says of %j that it is no HTTP', async (text) => {
    const at = await raw(text);
    expect(await ask('http', get(`http://${at}`))).toMatchObject({ kind: 'failed', reason: 'what answers there does not speak HTTP' });
  });

  it.each([
    ['before the answer', ''],
    ['in the head', 'HTTP/1.1 200 OK\r\nContent-Le'],
    ['in the body', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'],
    ['in a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf'],
  ])('gives no half answer where the connection ends %s', async (_, text) => {
    const at = await raw(text);
    expect(await ask('http', get(`http://${at}`))).toMatchObject({ kind: 'failed' });
  });

  it('takes no more than 4 MiB of an answer without end', async () => {
    const at = await http((_, response) => {
      const more = () => {
        while (response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    expect(await ask('http', get(`http://${at}`))).toMatchObject({ kind: 'failed', reason: 'an answer of more than 4 MiB' });
  });

  it.each([
    ['is silent', (): void => undefined],
    [
      'drips its head',
      (socket: Socket) => {
        socket.write('HTTP/1.1 200 OK\r\nX-Slow: ');
        drip(socket, 'x');
      },
    ],
    [
      'drips its body',
      (socket: Socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n');
        drip(socket, 'x');
      },
    ],
    ['promises for ever', (socket: Socket) => drip(socket, 'HTTP/1.1 100 Continue\r\n\r\n')],
  ])('waits for no longer than its deadline for one who %s', async (_, serve) => {
    const at = await tcp(serve);
    const begun_ms = performance.now();
    const { ask: askWithin } = hostWithin(300);
    expect(await askWithin('http', get(`http://${at}`))).toMatchObject({ kind: 'timeout', reason: 'no whole answer within 0.3 s' });
    expect(performance.now() - begun_ms).toBeLessThan(1_500);
  });

  it.each(['http://127.0.0.1:1/path', 'http://me@127.0.0.1:1', 'file:///etc/passwd', '127.0.0.1:1'])('does not ask at %j', async (to) => {
    expect(await ask('http', get(to))).toMatchObject({ kind: 'failed', asked: false });
  });
});
