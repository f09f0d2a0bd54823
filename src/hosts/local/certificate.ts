import { readFileSync } from 'node:fs';
import type { X509Certificate } from 'node:crypto';
import type { ConnectionOptions, SecureContext, TLSSocket } from 'node:tls';
import type { Certificate, ChainLink, Question } from '../../core/host.ts';
import { ipv4 } from '../../core/ipv4.ts';
import { failed, timedOut, Unknown } from '../../core/unknown.ts';
import { authoritiesFor } from './authorities.ts';
import { builtin } from './builtin.ts';
import { failureOf, firstLine } from './failure.ts';
import { seconds } from './limits.ts';
import { placeOf } from './places.ts';
import { type TrustList, trustList } from './system-trust.ts';
import { forgetOld, holds, type Verdicts } from './verdicts.ts';
import { steadyMs } from '../steady-ms.ts';

/** A name that a certificate can be for. */
export const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/i;

/**
 * The certificates that servers show for a name, trusted or not by the authorities in the first of these files that is there. In `verdicts` it
 * finds and keeps what the TLS library said of a chain: the first authority that is shown to Node.js 20 costs as much as the rest of a report.
 */
export function certificates(
  lists?: readonly string[],
  verdicts: Verdicts = {},
): (question: Question<'certificate'>, ms: number) => Promise<Certificate | Unknown> {
  const judged = judging(() => trustList(lists), verdicts);
  return async ({ to, name, as }, ms) => {
    const end_ms = steadyMs() + ms;
    const place = await placeOf(to, ms);
    const isAddress = name.includes(':') || ipv4(name) !== null;
    const servername = HOST_NAME.test(name) && !isAddress ? name : '';
    const look = (secureContext: SecureContext) => handshake({ ...place, servername, secureContext }, { left_ms: end_ms - steadyMs(), ms });
    const shown = await judged(look);
    if (shown instanceof Unknown) return shown;
    return { ...described(shown, name, isAddress), ...(as === 'chain' ? { chain: shown.chain.map(linkOf) } : {}) };
  };
}

type Look = (context: SecureContext) => Promise<Shown | Unknown>;

/** Looks without any authority first, which costs nothing; and again with those that count, where no verdict on the chain is there. */
function judging(listNow: () => TrustList | null, verdicts: Verdicts): (look: Look) => Promise<Shown | Unknown> {
  let none: SecureContext | null = null;
  const asked = new Map<string, Promise<Shown | Unknown>>();
  return async (look) => {
    const { createSecureContext } = await builtin('node:tls');
    none ??= createSecureContext({ ca: [] });
    const shown = await look(none);
    if (shown instanceof Unknown) return shown;
    const now_s = Math.floor(Date.now() / 1000);
    forgetOld(verdicts, now_s);
    const list = listNow();
    const digest = await digestOf(list, shown.chain);
    const verdict = verdicts[digest];
    if (verdict !== undefined && holds(verdict, datesOf(shown.certificate), now_s)) return { ...shown, distrust: verdict.distrust };
    const known = list === null ? {} : { ca: authoritiesIn(list, shown.chain) };
    if (known.ca?.length === 0) return shown;
    const again = asked.get(digest) ?? look(createSecureContext(known));
    asked.set(digest, again);
    const other = await again;
    if (other instanceof Unknown) return other;
    verdicts[await digestOf(list, other.chain)] = { distrust: other.distrust, at_s: now_s };
    return other;
  };
}

function authoritiesIn({ path }: TrustList, chain: readonly X509Certificate[]): string[] {
  return authoritiesFor(
    readFileSync(path, 'utf8'),
    chain.map(({ raw }) => raw),
  );
}

/** Of a chain and of the list of authorities, which is another as soon as its file is written. */
async function digestOf(list: TrustList | null, chain: readonly X509Certificate[]): Promise<string> {
  const { createHash } = await builtin('node:crypto');
  const hash = createHash('sha256').update(list?.version ?? '');
  for (const { raw } of chain) hash.update(raw);
  return hash.digest('hex').slice(0, 32);
}

function datesOf({ validFrom, validTo }: X509Certificate): number[] {
  return [unixSeconds(validFrom), unixSeconds(validTo)];
}

/** What a server showed in a handshake. */
interface Shown {
  certificate: X509Certificate;
  /** Its own first. */
  chain: X509Certificate[];
  /** The TLS library's word; empty if it trusts the certificate. */
  distrust: string;
}

/** Of the whole time for a question, and what is left of it. */
interface Time {
  left_ms: number;
  ms: number;
}

async function handshake({ servername = '', ...options }: ConnectionOptions, { left_ms, ms }: Time): Promise<Shown | Unknown> {
  const { connect } = await builtin('node:tls');
  return new Promise((resolve) => {
    const socket = connect({ ...options, rejectUnauthorized: false, checkServerIdentity: () => undefined });
    // Among the options it would be held against the pattern of an IPv6 address, which Node.js takes a millisecond and more to make.
    if (servername !== '') (socket as TLSSocket & { setServername(name: string): void }).setServername(servername);
    const timer = setTimeout(() => end(timedOut(`no TLS handshake within ${seconds(ms)}`)), left_ms);
    const end = (answer: Shown | Unknown) => {
      clearTimeout(timer);
      resolve(answer);
      socket.destroy();
    };
    socket.on('secureConnect', () => end(shownBy(socket)));
    socket.on('error', (error) => end(handshakeFailure(error)));
    socket.on('close', () => end(failed('the server closed the connection in the handshake')));
  });
}

function shownBy(socket: TLSSocket): Shown | Unknown {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return failed('the server shows no certificate');
  return { certificate, chain: chainOf(certificate), distrust: String(socket.authorizationError ?? '') };
}

/** Longer than any chain that a TLS library follows. */
const MOST_IN_CHAIN = 10;

function chainOf(leaf: X509Certificate): X509Certificate[] {
  const chain: X509Certificate[] = [];
  for (let each: X509Certificate | undefined = leaf; each !== undefined && chain.length < MOST_IN_CHAIN; each = each.issuerCertificate)
    chain.push(each);
  return chain;
}

/** A certificate that was shown where this name was meant, and what the TLS library found against it. */
export function described(
  { certificate, distrust: found }: Pick<Shown, 'certificate' | 'distrust'>,
  name: string,
  isAddress: boolean,
): Certificate {
  const meant = (isAddress ? certificate.checkIP(name) : HOST_NAME.test(name) ? certificate.checkHost(name) : undefined) !== undefined;
  const distrust = found !== '' || meant ? found : 'ERR_TLS_CERT_ALTNAME_INVALID';
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: namesIn(certificate.subjectAltName ?? ''),
    not_before_s: unixSeconds(certificate.validFrom),
    not_after_s: unixSeconds(certificate.validTo),
    trusted: distrust === '',
    distrust,
  };
}

function linkOf({ subject, issuer, validFrom, validTo }: X509Certificate): ChainLink {
  return { subject: oneLine(subject), issuer: oneLine(issuer), not_before_s: unixSeconds(validFrom), not_after_s: unixSeconds(validTo) };
}

/** `DNS:a.example, IP Address:192.0.2.1`; a name with a comma or quote in it stands as a JSON text. */
function namesIn(alternatives: string): string[] {
  return [...alternatives.matchAll(/(?:^|, )DNS:("(?:[^"\\]|\\.)*"|[^,]*)/g)].map(([, name = '']) =>
    name.startsWith('"') ? String(JSON.parse(name)) : name,
  );
}

function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ');
}

function unixSeconds(date: string): number {
  return Math.floor(Date.parse(date) / 1000);
}

const DISTRUST = /^(CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|ERR_TLS_CERT_)/;

/** OpenSSL's own words are the best there are: `wrong version number`, `tlsv1 alert internal error`. */
export function handshakeFailure(error: NodeJS.ErrnoException & { reason?: string }): Unknown {
  if (error.code !== undefined && DISTRUST.test(error.code)) return failed(`the certificate is not trusted (${error.code})`);
  if (error.code === 'EPROTO' || error.code?.startsWith('ERR_SSL_'))
    return failed(`the TLS handshake failed: ${firstLine(error.reason ?? error.message)}`);
  return failureOf(error);
}
