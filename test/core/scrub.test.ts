import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Host } from '../../src/core/host.ts';
import { scrubbed } from '../../src/core/scrub.ts';
import { recorder } from '../../src/hosts/recorder.ts';

const of = (alphabet: string, minLength: number, maxLength = minLength) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const URL_SAFE = `${LETTERS}_-`;
const BASE64 = `${LETTERS}+/`;
/** A password as people make them, but for blanks and quotes, which end it where it is not quoted. */
const password = of(`${LETTERS}!#$%&()*+,-./:;<=>?@[]^_{|}~`, 8, 24).filter((text) => /^[A-Za-z0-9]/.test(text));
const quoted = of(`${LETTERS} !#$%&()*+,-./:;<=>?@[]^_{|}~`, 8, 24).filter((text) => /^[A-Za-z0-9].*[A-Za-z0-9]$/.test(text));
const pem = fc.array(of(BASE64, 64), { minLength: 2, maxLength: 12 });

/** A secret, and how it stands in a text. What must not survive is the secret. */
const kinds: Record<string, fc.Arbitrary<{ secret: string; text: string }>> = {
  'a password behind its name': fc
    .tuple(
      fc.constantFrom('password=', 'DB_PASSWORD=', 'passwd: ', 'Passphrase = ', 'client_secret=', 'api_key=', 'MYSQL_PWD=', 'credential:'),
      password,
    )
    .map(([name, secret]) => ({ secret, text: name + secret })),
  'a password in quotes': fc
    .tuple(fc.constantFrom('password="X"', "secret: 'X'", '{"password":"X","user":"bob"}', '{"apiKey": "X"}', "token = 'X'"), quoted)
    .map(([form, secret]) => ({ secret, text: form.replace('X', () => secret) })),
  'an option of a command': fc
    .tuple(fc.constantFrom('--password ', '--token=', '--api-key ', '--pass='), password)
    .map(([name, secret]) => ({ secret, text: `curl ${name}${secret}` })),
  'a header of HTTP': fc
    .tuple(
      fc.constantFrom('Authorization: Bearer ', 'authorization: Basic ', '"Authorization":"Bearer ', 'Authorization: token '),
      of(BASE64, 20, 60),
    )
    .map(([name, secret]) => ({ secret, text: name + secret })),
  'a cookie': of(URL_SAFE, 16, 40).map((secret) => ({ secret, text: `Set-Cookie: session=${secret}; HttpOnly` })),
  'a password in a URL': fc
    .tuple(fc.constantFrom('postgres', 'https', 'redis', 'amqp'), of(`${LETTERS}!$&()*+,;=._~-`, 8, 24))
    .map(([scheme, secret]) => ({ secret, text: `${scheme}://user:${secret}@db.example.net:5432/app` })),
  'a token in a query': of(URL_SAFE, 16, 40).map((secret) => ({ secret, text: `GET /hook?user=bob&access_token=${secret} HTTP/1.1` })),
  'a signed token': fc
    .tuple(of(URL_SAFE, 12, 40), of(URL_SAFE, 12, 60), of(URL_SAFE, 20, 43))
    .map(([head, body, secret]) => ({ secret, text: `eyJ${head}.eyJ${body}.${secret}` })),
  'a token of a forge': fc
    .tuple(fc.constantFrom('ghp_', 'gho_', 'github_pat_', 'glpat-', 'npm_'), of(LETTERS, 36))
    .map(([name, secret]) => ({ secret, text: name + secret })),
  'a token of a chat': fc.oneof(
    of(LETTERS, 24).map((secret) => ({ secret, text: `xoxb-${secret}` })),
    of(URL_SAFE, 35)
      .filter((text) => /^\w.*\w$/.test(text))
      .map((secret) => ({ secret, text: `bot123456789:${secret}` })),
  ),
  'a key of a cloud': fc.oneof(
    of('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 16).map((secret) => ({ secret, text: `AKIA${secret}` })),
    of(BASE64, 40).map((secret) => ({ secret, text: `aws_secret_access_key = ${secret}` })),
    of(URL_SAFE, 35).map((secret) => ({ secret, text: `AIza${secret}` })),
    of(LETTERS, 32).map((secret) => ({ secret, text: `sk-${secret}` })),
  ),
  'a key of WireGuard': fc
    .tuple(fc.constantFrom('private key: ', 'PrivateKey = ', 'preshared key: ', 'PresharedKey=', 'private-key '), of(BASE64, 43))
    .map(([name, secret]) => ({ secret, text: `${name}${secret}=` })),
  'a private key': fc.tuple(fc.constantFrom('', 'RSA ', 'EC ', 'OPENSSH ', 'ENCRYPTED '), pem).map(([kind, lines]) => ({
    secret: lines[1] ?? '',
    text: `-----BEGIN ${kind}PRIVATE KEY-----\n${lines.join('\n')}\n-----END ${kind}PRIVATE KEY-----`,
  })),
  'a line of a private key by itself': of(BASE64, 64)
    .filter((text) => /[a-z]/.test(text) && /[A-Z]/.test(text))
    .map((secret) => ({ secret, text: `\n${secret}\n` })),
};

/** All of eight letters that stand together in a secret: none of them may be left. */
function pieces(secret: string): string[] {
  return Array.from({ length: secret.length - 7 }, (_, at) => secret.slice(at, at + 8));
}

/** What may stand around a secret. */
const around = fc.constantFrom('', 'Nov 22 12:00:00 ns1 app[71]: ', 'failed: ', '{"level":"info","msg":"', '\t');

describe('the text of a machine', () => {
  it.each(Object.entries(kinds))('is left without %s', (_, kind) => {
    fc.assert(
      fc.property(kind, around, fc.constantFrom('', ' now', '\nnext line', '"}'), ({ secret, text }, before, after) => {
        expect(pieces(secret).filter((piece) => scrubbed(before + text + after).includes(piece))).toEqual([]);
      }),
    );
  });

  it.each(Object.entries(kinds))('is recorded without %s, and can be replayed', async (_, kind) => {
    await fc.assert(
      fc.asyncProperty(kind, async ({ secret, text }) => {
        const host = { ask: async (asked: string) => (asked === 'read' ? text : { status: 200, body: text }) } as unknown as Host;
        const tape = recorder(host);
        await tape.host.ask('read', { path: '/x' });
        await tape.host.ask('http', { method: 'GET', to: 'unix:/x', path: '/', body: '' });
        expect(pieces(secret).filter((piece) => tape.text('test').includes(piece))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    'Nov 22 12:00:00 ns1 sshd[71]: Failed password for root from 192.0.2.1 port 40022 ssh2',
    'Accepted publickey for deploy from 192.0.2.1 port 40022 ssh2: ED25519 SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU',
    'pam_unix(sudo:session): session opened for user root(uid=0) by (uid=1000)',
    'wg0: peer xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg= (10.0.0.2) latest handshake: 1 minute, 12 seconds ago',
    'public key: xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=',
    'private key: (hidden)',
    'preshared key: (hidden)',
    'panic: runtime error: invalid memory address or nil pointer dereference',
    '[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x6f1a2b]',
    'main.service: Main process exited, code=exited, status=1/FAILURE',
    'Started Session 71 of User root.',
    'GET /health?ready=1 HTTP/1.1" 200 15 "-" "curl/8.5.0"',
    'https://user@example.net:8443/path and http://127.0.0.1:4001/status?pretty',
    'pulled sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG pinned',
    'no leader, term 12: 10.0.0.1:4002 refused',
    'bearer of bad news: disk full',
    'the token bucket is empty, 12 tokens a second',
    '',
    'a\tb\r\nc\n\n',
  ])('stays as it is where it is no secret: %j', (text) => {
    expect(scrubbed(text)).toBe(text);
  });

  it('is scrubbed in a time that grows with its length only', () => {
    const begun_ms = performance.now();
    for (const text of [
      'password ',
      'password="',
      'a://',
      'eyJ.',
      '"Env":[',
      '\\',
      '\\"',
      '-----BEGIN PRIVATE KEY-----',
      'authorization:  ',
      'x:',
      'A',
      'aB',
      'sk-',
      ' ',
      'cookie:',
      '1',
    ]) {
      scrubbed(text.repeat(200_000 / text.length));
    }
    expect(performance.now() - begun_ms).toBeLessThan(2_000);
  });
});
