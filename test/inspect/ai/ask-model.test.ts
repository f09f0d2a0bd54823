import type { ServerResponse } from 'node:http';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { answers } from '../../../src/inspect/ai/answers.ts';
import { askModel } from '../../../src/inspect/ai/ask-model.ts';
import { endpointOf } from '../../../src/inspect/ai/endpoint.ts';
import { events } from '../../../src/inspect/ai/events.ts';
import { piece, type Stub, startStub, stream } from './stub.ts';

let stub: Stub | null = null;
afterEach(async () => {
  await stub?.stop();
  stub = null;
});

const request = { subsystem: 'rqlite', body: { model: 'm', stream: true as const, messages: [] } };

/** All that came, and why no more. */
async function heard(answer: (response: ServerResponse) => void, timeout_s = 20): Promise<{ lines: string[]; error: string | null }> {
  stub = await startStub(answer);
  const endpoint = endpointOf({ url: stub.url, model: 'm', timeout_s }, { WARD_AI_KEY: 'k' });
  const [answering] = answers([request], (one) => askModel(endpoint, one, new AbortController().signal));
  const lines: string[] = [];
  let error: string | null = null;
  for await (const said of answering?.lines ?? []) {
    if ('error' in said) error = said.error;
    else lines.push(said.line);
  }
  return { lines, error };
}

describe('a model that is asked', () => {
  it('is asked as OpenAI-compatible endpoints are, with the key in the header, and its answer comes line by line', async () => {
    expect(await heard((response) => stream(response, ['Root ca', 'use: no', 'de-1\nFix', ': none']))).toEqual({
      lines: ['Root cause: node-1', 'Fix: none'],
      error: null,
    });
    expect(stub?.got).toEqual([{ path: '/v1/chat/completions', authorization: 'Bearer k', body: request.body }]);
  });

  it('may also answer whole', async () => {
    const whole = JSON.stringify({ choices: [{ message: { content: 'a\nb' }, finish_reason: 'stop' }] });
    expect(await heard((response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(whole))).toEqual({
      lines: ['a', 'b'],
      error: null,
    });
  });

  it.each([
    [401, '{"error":{"message":"bad key"}}', {}, 'the endpoint does not take the key (status 401): bad key'],
    [429, '', { 'retry-after': '20' }, 'the endpoint is asked too often (status 429); again in 20 s'],
    [500, '<html>oops</html>', {}, 'the endpoint answered with status 500'],
  ])('says why it is refused with status %i', async (status, body, headers, error) => {
    expect(await heard((response) => void response.writeHead(status, headers).end(body))).toEqual({ lines: [], error });
  });

  it('is not followed to another place, where the key would go too', async () => {
    const { lines, error } = await heard((response) => void response.writeHead(307, { location: 'http://127.0.0.1:1/v1' }).end());
    expect(lines).toEqual([]);
    expect(error).toMatch(/could not be asked: .*redirect/);
  });

  it('keeps what came before an error, a broken connection and a deadline', async () => {
    const begin = (response: ServerResponse) =>
      void response.writeHead(200, { 'content-type': 'text/event-stream' }).write(piece('so far'));
    const cut = await heard((response) => {
      begin(response);
      response.end();
    });
    expect(cut).toEqual({ lines: ['so far'], error: 'the answer broke off before its end' });
    const failed = await heard((response) => {
      begin(response);
      response.end('data: {"error":{"message":"overloaded"}}\n\n');
    });
    expect(failed).toEqual({ lines: ['so far'], error: 'the model broke off: overloaded' });
    expect(await heard(begin, 1)).toEqual({ lines: ['so far'], error: 'no whole answer came within 1 s' });
  });

  it('is stopped where it never ends', async () => {
    const { error } = await heard((response) =>
      stream(
        response,
        Array.from({ length: 30 }, () => 'x'.repeat(10_000)),
      ),
    );
    expect(error).toBe('the answer is longer than 200000 characters, and was cut');
  });

  it('is no model where something else answers', async () => {
    const { error } = await heard(
      (response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: hello\n\n'),
    );
    expect(error).toBe('what came is no answer of a model');
  });
});

describe('events', () => {
  it('come whole, however the bytes are cut', async () => {
    const words = fc.array(
      fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, '')),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(words, fc.integer({ min: 1, max: 7 }), async (texts, size) => {
        const bytes = new TextEncoder().encode(texts.map((text) => `: c\nid: 1\ndata: ${text}\r\n\r\n`).join(''));
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, at * size + size));
        const seen: string[] = [];
        for await (const data of events(streamOf(chunks))) seen.push(data);
        expect(seen).toEqual(texts);
      }),
      { numRuns: 50 },
    );
  });
});

async function* streamOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
