import { existsSync, readFileSync } from 'node:fs';
import type { SecureContext, TLSSocket } from 'node:tls';
import type { Certificate, Question } from '../../core/host.ts';
import { failed, timedOut, type Unknown } from '../../core/unknown.ts';
import { builtin } from './builtin.ts';
import { failureOf, firstLine } from './failure.ts';
import { seconds } from './limits.ts';
import { placeOf } from './places.ts';

/** Where distributions keep the authorities that the machine trusts: Debian and its kin, Red Hat, SUSE, Alpine. */
const AUTHORITIES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/i;

/** The certificates that servers show for a name, trusted or not by the authorities in the first of these files that is there. */
export function certificates(
  lists: readonly string[] = AUTHORITIES,
): (question: Question<'certificate'>, ms: number) => Promise<Certificate | Unknown> {
  let authorities: SecureContext | null = null;
  return async ({ to, name }, ms) => {
    const [{ connect, createSecureContext }, { isIP }, place] = await Promise.all([
      builtin('node:tls'),
      builtin('node:net'),
      placeOf(to, ms),
    ]);
    authorities ??= createSecureContext({ ...systemAuthorities(lists) });
    const isAddress = isIP(name) !== 0;
    const servername = HOST_NAME.test(name) && !isAddress ? name : '';
    const secureContext = authorities;
    return new Promise((resolve) => {
      const socket = connect({ ...place, servername, secureContext, rejectUnauthorized: false, checkServerIdentity: () => undefined });
      const timer = setTimeout(() => end(timedOut(`no TLS handshake within ${seconds(ms)}`)), ms);
      const end = (answer: Certificate | Unknown) => {
        clearTimeout(timer);
        resolve(answer);
        socket.destroy();
      };
      socket.on('secureConnect', () => end(shownBy(socket, name, isAddress)));
      socket.on('error', (error) => end(handshakeFailure(error)));
      socket.on('close', () => end(failed('the server closed the connection in the handshake')));
    });
  };
}

/** The system's own list; where there is none, that of Node.js. */
export function systemAuthorities(lists: readonly string[] = AUTHORITIES): { ca?: string } {
  const path = lists.find((each) => existsSync(each));
  return path === undefined ? {} : { ca: readFileSync(path, 'utf8') };
}

function shownBy(socket: TLSSocket, name: string, isAddress: boolean): Certificate | Unknown {
  const shown = socket.getPeerX509Certificate();
  if (shown === undefined) return failed('the server shows no certificate');
  const meant = (isAddress ? shown.checkIP(name) : HOST_NAME.test(name) ? shown.checkHost(name) : undefined) !== undefined;
  const distrust = String(socket.authorizationError ?? (meant ? '' : 'ERR_TLS_CERT_ALTNAME_INVALID'));
  return {
    subject: oneLine(shown.subject),
    issuer: oneLine(shown.issuer),
    names: namesIn(shown.subjectAltName ?? ''),
    not_before_s: unixSeconds(shown.validFrom),
    not_after_s: unixSeconds(shown.validTo),
    trusted: distrust === '',
    distrust,
  };
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
