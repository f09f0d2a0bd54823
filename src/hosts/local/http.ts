import { statSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { RequestOptions } from 'node:https';
import type { SecureContext } from 'node:tls';
import type { HttpAnswer, Question } from '../../core/host.ts';
import { failed, notAsked, timedOut, Unknown } from '../../core/unknown.ts';
import { builtin } from './builtin.ts';
import { handshakeFailure } from './certificate.ts';
import { GONE } from './failure.ts';
import { MIB, mib, seconds } from './limits.ts';
import { httpPlace, placeOf } from './places.ts';
import { systemTrust } from './system-trust.ts';
import { steadyMs } from '../steady-ms.ts';

const MOST_BYTES = 4 * MIB;

/** One request on a connection of its own; redirects and errors are answers like any other. */
export async function http({ method, to, path, body, as = '' }: Question<'http'>, ms: number): Promise<HttpAnswer | Unknown> {
  const where = await target(to, ms);
  if (where === null) return notAsked('failed', `${to} is no http://HOST:PORT, no https://HOST:PORT and no unix:PATH`);
  // Many machines have no such program: that is seen without loading what talks HTTP.
  if (where.socketPath != null && statSync(where.socketPath, { throwIfNoEntry: false }) === undefined) return GONE;
  const request = where.protocol === 'https:' ? (await builtin('node:https')).request : (await builtin('node:http')).request;
  const headers = body === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const begun_ms = steadyMs();
  return new Promise((resolve) => {
    const sent = request({ ...where, method, path, headers, agent: false });
    const timer = setTimeout(() => end(timedOut(`no whole answer within ${seconds(ms)}`)), ms);
    const end = (answer: HttpAnswer | Unknown) => {
      clearTimeout(timer);
      resolve(as === 'timed' && !(answer instanceof Unknown) ? { ...answer, took_ms: tenths(steadyMs() - begun_ms) } : answer);
      sent.destroy();
    };
    sent.on('response', (answer) => collect(answer, as === 'bytes' ? 'latin1' : 'utf8', end));
    sent.on('error', (error: NodeJS.ErrnoException) =>
      end(error.code?.startsWith('HPE_') ? failed('what answers there does not speak HTTP') : handshakeFailure(error)),
    );
    sent.end(body);
  });
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}

function collect(answer: IncomingMessage, encoding: 'latin1' | 'utf8', end: (answer: HttpAnswer | Unknown) => void): void {
  const chunks: Buffer[] = [];
  let total = 0;
  answer.on('data', (chunk: Buffer) => {
    total += chunk.length;
    chunks.push(chunk);
    if (total > MOST_BYTES) end(failed(`an answer of more than ${mib(MOST_BYTES)}`));
  });
  answer.on('end', () => end({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString(encoding) }));
  answer.on('error', () => end(failed('the answer broke off')));
}

async function target(to: string, ms: number): Promise<(RequestOptions & { secureContext?: SecureContext }) | null> {
  if (to.startsWith('unix:')) return { socketPath: to.slice('unix:'.length) };
  const place = httpPlace(to);
  if (place === null) return null;
  const where = { ...(await placeOf(place.at, ms)) };
  return place.secure ? { ...where, protocol: 'https:', secureContext: await systemTrust() } : where;
}
