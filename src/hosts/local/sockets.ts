import type { Certificate, HttpAnswer, Question } from '../../core/host.ts';
import { absent, failed, timedOut, type Unknown } from '../../core/unknown.ts';
import { failureOf, within } from './failure.ts';

const HTTP_MS = 3_000;
const CONNECT_MS = 3_000;
const LOOKUP_MS = 2_000;
const MOST_BYTES = 4 * 1024 * 1024;

/** `HOST:PORT`, `[V6]:PORT` or `unix:PATH` as node:net takes it. */
function place(to: string): { path: string } | { host: string; port: number } {
  if (to.startsWith('unix:')) return { path: to.slice('unix:'.length) };
  const colon = to.lastIndexOf(':');
  return { host: to.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), port: Number(to.slice(colon + 1)) };
}

/** One request; redirects are answers like any other. */
export async function http({ method, to, path, body }: Question<'http'>): Promise<HttpAnswer | Unknown> {
  const { request } = await import('node:http');
  const where = to.startsWith('unix:') ? { socketPath: to.slice('unix:'.length) } : hostPort(to);
  const headers = body === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve) => {
    const sent = request({ ...where, method, path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      let total = 0;
      answer.on('data', (chunk: Buffer) => {
        total += chunk.length;
        chunks.push(chunk);
        if (total > MOST_BYTES) end(failed(`an answer of more than ${MOST_BYTES / 1024 / 1024} MiB`));
      });
      answer.on('end', () => end({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }));
      answer.on('aborted', () => end(failed('the answer broke off')));
      answer.on('error', (error) => end(failureOf(error)));
    });
    const timer = setTimeout(() => end(timedOut(`no whole answer within ${HTTP_MS / 1000} s`)), HTTP_MS);
    const end = (answer: HttpAnswer | Unknown) => {
      clearTimeout(timer);
      resolve(answer);
      sent.destroy();
    };
    sent.on('error', (error) => end(failureOf(error)));
    sent.end(body);
  });
}

function hostPort(to: string): { hostname: string; port: string } {
  const { hostname, port } = new URL(to);
  return { hostname: hostname.replace(/^\[(.*)\]$/, '$1'), port: port === '' ? '80' : port };
}

/** Connects, sends, and reads until the text came; with none to wait for, the connection itself is the answer. */
export async function exchange({ to, send, until }: Question<'exchange'>): Promise<string | Unknown> {
  const { connect } = await import('node:net');
  return new Promise((resolve) => {
    const socket = connect(place(to));
    const timer = setTimeout(() => end(timedOut(`no answer within ${CONNECT_MS / 1000} s`)), CONNECT_MS);
    let text = '';
    const end = (answer: string | Unknown) => {
      clearTimeout(timer);
      resolve(answer);
      socket.destroy();
    };
    socket.setEncoding('utf8');
    socket.on('connect', () => (until === '' ? end('') : socket.write(send)));
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (text.includes(until)) end(text);
      else if (text.length > MOST_BYTES) end(failed(`more than ${MOST_BYTES / 1024 / 1024} MiB without the end that was waited for`));
    });
    socket.on('error', (error) => end(failureOf(error)));
    socket.on('close', () => end(failed('the connection was closed before the whole answer came')));
  });
}

const NO_SUCH_NAME = new Set(['ENOTFOUND', 'ENODATA']);

/** Asks one name server once. */
export async function lookup({ server, name, type }: Question<'lookup'>): Promise<string[] | Unknown> {
  const { Resolver } = await import('node:dns/promises');
  const resolver = new Resolver({ timeout: LOOKUP_MS, tries: 1 });
  resolver.setServers([server]);
  const asked = resolver.resolve(name, type).then(
    (records) => (Array.isArray(records) ? records.map(String).sort() : [soaText(records as SoaRecord)]),
    (error: NodeJS.ErrnoException) => lookupFailure(error.code ?? error.message, server),
  );
  const answer = await within(LOOKUP_MS, asked);
  resolver.cancel();
  return answer;
}

interface SoaRecord {
  nsname: string;
  hostmaster: string;
  serial: number;
}

function soaText({ nsname, hostmaster, serial }: SoaRecord): string {
  return `${nsname} ${hostmaster} ${serial}`;
}

function lookupFailure(code: string, server: string): Unknown {
  if (NO_SUCH_NAME.has(code)) return absent('there is no such record');
  if (code === 'ECONNREFUSED') return absent(`no name server listens at ${server}`);
  if (code === 'ETIMEOUT' || code === 'ECANCELLED') return timedOut(`no answer within ${LOOKUP_MS / 1000} s`);
  return failed(`the name server answered ${code.replace(/^E/, '')}`);
}

/** The certificate that a server shows for a name, trusted or not. */
export async function certificate({ to, name }: Question<'certificate'>): Promise<Certificate | Unknown> {
  const { connect } = await import('node:tls');
  return new Promise((resolve) => {
    const socket = connect({ ...place(to), servername: name, rejectUnauthorized: false });
    const timer = setTimeout(() => end(timedOut(`no TLS handshake within ${CONNECT_MS / 1000} s`)), CONNECT_MS);
    const end = (answer: Certificate | Unknown) => {
      clearTimeout(timer);
      resolve(answer);
      socket.destroy();
    };
    socket.on('secureConnect', () => {
      const shown = socket.getPeerX509Certificate();
      if (shown === undefined) return end(failed('the server shows no certificate'));
      const names = (shown.subjectAltName ?? '').split(', ').filter((each) => each.startsWith('DNS:')).map((each) => each.slice(4));
      const mismatch = shown.checkHost(name) === undefined ? 'ERR_TLS_CERT_ALTNAME_INVALID' : '';
      const distrust = String(socket.authorizationError ?? mismatch);
      return end({
        subject: oneLine(shown.subject),
        issuer: oneLine(shown.issuer),
        names,
        not_before_s: seconds(shown.validFrom),
        not_after_s: seconds(shown.validTo),
        trusted: distrust === '',
        distrust,
      });
    });
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code?.startsWith('ERR_SSL') ? failed(`the TLS handshake failed: ${error.message.split(':').at(-1)?.trim()}`) : failureOf(error)));
    socket.on('close', () => end(failed('the server closed the connection in the handshake')));
  });
}

function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ');
}

function seconds(date: string): number {
  return Math.floor(Date.parse(date) / 1000);
}
