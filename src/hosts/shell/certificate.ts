import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Certificate, Question, Ran } from '../../core/host.ts';
import { failed, timedOut, Unknown } from '../../core/unknown.ts';
import { described, HOST_NAME } from '../local/certificate.ts';
import { firstLine } from '../local/failure.ts';
import { DEADLINES, MIB, seconds } from '../local/limits.ts';
import { splitPlace } from '../local/places.ts';
import { lacking, reasonIn } from './reason.ts';
import type { Run } from './run.ts';
import type { Shell } from './shell.ts';

/** The words that Node.js has for what OpenSSL finds (openssl-verification-options(1)). */
const DISTRUST: Readonly<Record<string, string>> = {
  2: 'UNABLE_TO_GET_ISSUER_CERT',
  7: 'CERT_SIGNATURE_FAILURE',
  9: 'CERT_NOT_YET_VALID',
  10: 'CERT_HAS_EXPIRED',
  18: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  19: 'SELF_SIGNED_CERT_IN_CHAIN',
  20: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  21: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  22: 'CERT_CHAIN_TOO_LONG',
  23: 'CERT_REVOKED',
  24: 'INVALID_CA',
  26: 'INVALID_PURPOSE',
  27: 'CERT_UNTRUSTED',
  28: 'CERT_REJECTED',
};

/** The certificate that a server shows to the host's own openssl, trusted or not by the host's own authorities. */
export function certificate(shell: Shell, run: Run): (question: Question<'certificate'>) => Promise<Certificate | Unknown> {
  return async ({ to, name }) => {
    const { host, port } = splitPlace(to);
    const ms = shell.left(DEADLINES.certificate);
    const tools = await shell.tools();
    if (tools instanceof Unknown) return tools;
    if (!tools.programs.has('openssl')) return lacking('openssl');
    const isAddress = isIP(name) !== 0;
    const asked = HOST_NAME.test(name) && !isAddress ? ['-servername', name] : ['-noservername'];
    const words = ['s_client', '-connect', `${host.includes(':') ? `[${host}]` : host}:${port}`, ...asked];
    const ran = await run('openssl', words, { ms, bytes: MIB });
    if (ran instanceof Unknown) return ran.kind === 'timeout' ? timedOut(`no TLS handshake within ${seconds(ms)}`) : ran;
    const shown = shownIn(ran);
    return shown instanceof Unknown ? shown : described(shown, name, isAddress);
  };
}

function shownIn({ stdout, stderr }: Ran): { certificate: X509Certificate; distrust: string } | Unknown {
  const pem = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(stdout)?.[0];
  if (pem === undefined) return handshakeFailure(`${stderr}\n${stdout}`);
  const code = [...stdout.matchAll(/^\s*Verify return code: (\d+)/gm)].at(-1)?.[1];
  if (code === undefined) return failed('its openssl does not say whether it trusts the certificate');
  return { certificate: new X509Certificate(pem), distrust: code === '0' ? '' : (DISTRUST[code] ?? `CERT_UNTRUSTED_${code}`) };
}

function handshakeFailure(text: string): Unknown {
  const [, reason] = /error:[0-9A-F]+:SSL routines:[^:]*:([^:\n]+)/i.exec(text) ?? [];
  if (reason !== undefined) return failed(`the TLS handshake failed: ${firstLine(reason)}`);
  if (/getaddrinfo|Name or service not known|gethostbyname/.test(text)) return failed('no host has this name');
  return reasonIn(text) ?? failed('the server shows no certificate');
}
