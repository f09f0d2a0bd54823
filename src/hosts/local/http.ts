import type { IncomingMessage, RequestOptions } from 'node:http';
import type { HttpAnswer, Question } from '../../core/host.ts';
import { failed, notAsked, timedOut, type Unknown } from '../../core/unknown.ts';
import { builtin } from './builtin.ts';
import { failureOf } from './failure.ts';
import { MIB, mib, seconds } from './limits.ts';
import { placeOf } from './places.ts';

const MOST_BYTES = 4 * MIB;

/** One request on a connection of its own; redirects and errors are answers like any other. */
export async function http({ method, to, path, body }: Question<'http'>, ms: number): Promise<HttpAnswer | Unknown> {
  const where = await target(to);
  if (where === null) return notAsked('failed', `${to} is no http://HOST:PORT and no unix:PATH`);
  const { request } = await builtin('node:http');
  const headers = body === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve) => {
    const sent = request({ ...where, method, path, headers, agent: false });
    const timer = setTimeout(() => end(timedOut(`no whole answer within ${seconds(ms)}`)), ms);
    const end = (answer: HttpAnswer | Unknown) => {
      clearTimeout(timer);
      resolve(answer);
      sent.destroy();
    };
    sent.on('response', (answer) => collect(answer, end));
    sent.on('error', (error: NodeJS.ErrnoException) => end(error.code?.startsWith('HPE_') ? failed('what answers there does not speak HTTP') : failureOf(error)));
    sent.end(body);
  });
}

function collect(answer: IncomingMessage, end: (answer: HttpAnswer | Unknown) => void): void {
  const chunks: Buffer[] = [];
  let total = 0;
  answer.on('data', (chunk: Buffer) => {
    total += chunk.length;
    chunks.push(chunk);
    if (total > MOST_BYTES) end(failed(`an answer of more than ${mib(MOST_BYTES)}`));
  });
  answer.on('end', () => end({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }));
  answer.on('error', () => end(failed('the answer broke off')));
}

async function target(to: string): Promise<RequestOptions | null> {
  if (to.startsWith('unix:')) return { socketPath: to.slice('unix:'.length) };
  const [, host, port = '80'] = /^http:\/\/([^/:[\]]+|\[[0-9a-fA-F:.]+\])(?::(\d{1,5}))?\/?$/.exec(to) ?? [];
  return host === undefined ? null : { ...(await placeOf(`${host}:${port}`)) };
}
