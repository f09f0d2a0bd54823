import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a stub got: one request of the protocol that models speak. */
export interface Got {
  path: string;
  authorization: string | undefined;
  body: { model: string; stream: boolean; messages: { role: string; content: string }[] };
}

export interface Stub {
  /** To name with --ai-url. */
  url: string;
  got: Got[];
  stop(): Promise<void>;
}

/** A server on loopback that answers each request as told. */
export async function startStub(answer: (response: ServerResponse, got: Got) => void): Promise<Stub> {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((text) => {
      const one: Got = { path: request.url ?? '', authorization: request.headers.authorization, body: JSON.parse(text) as Got['body'] };
      got.push(one);
      answer(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}/v1`, got, stop };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}

/** One event as a model streams it. */
export function piece(content: string, finish_reason: string | null = null): string {
  const choice = { index: 0, delta: { content }, finish_reason };
  return `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', choices: [choice] })}\n\n`;
}

/** Streams these pieces, and ends as models end. */
export function stream(response: ServerResponse, pieces: readonly string[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(': keep-alive\n\n');
  for (const each of pieces) response.write(piece(each));
  response.end(`${piece('', 'stop')}data: [DONE]\n\n`);
}
