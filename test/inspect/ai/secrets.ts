import { createHash, randomBytes, randomInt } from 'node:crypto';

const hex = (bytes: number) => randomBytes(bytes).toString('hex');
const letters = (length: number) =>
  Array.from({ length }, () => 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'[randomInt(62)] ?? 'a').join('');
const upper = (length: number) =>
  letters(length * 2)
    .toUpperCase()
    .slice(0, length);
const base64url = (text: string) => Buffer.from(text).toString('base64url');

/** A secret made anew, and the line of a machine in which it stands. */
export interface Planted {
  kind: string;
  secret: string;
  text: string;
}

/** Twelve kinds of secrets, as logs and error texts show them. */
const KINDS: Readonly<Record<string, () => Omit<Planted, 'kind'>>> = {
  'WireGuard private key': () => lined(randomBytes(32).toString('base64'), (key) => `PrivateKey = ${key}`),
  'private key in PEM': () =>
    lined(randomBytes(48).toString('base64'), (key) => `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----`),
  JWT: () => lined(`eyJ${base64url(hex(12))}.${base64url(hex(20))}.${base64url(hex(16))}`, (token) => `got token ${token} from client`),
  'GitHub token': () => lined(`ghp_${letters(36)}`, (token) => `clone with ${token} failed`),
  'AWS access key': () => lined(`AKIA${upper(16)}`, (key) => `request signed by ${key}`),
  'password in a URL': () => lined(letters(14), (word) => `dial postgres://shop:${word}@db/shop: refused`),
  'bearer token': () => lined(letters(32), (token) => `> Authorization: Bearer ${token}`),
  cookie: () => lined(hex(12), (id) => `Cookie: session=${id}; theme=dark`),
  'password by name': () => lined(letters(10), (word) => `config: db_password="${word}" retries=3`),
  'Slack token': () => lined(`xoxb-${randomInt(1e9, 2e9)}-${letters(24)}`, (token) => `hook ${token} denied`),
  'Telegram bot token': () => lined(`${randomInt(1e8, 1e9)}:${letters(35)}`, (token) => `GET /bot${token}/sendMessage`),
  'key of a model': () => lined(`sk-${letters(40)}`, (key) => `model says 401 for ${key}`),
};

function lined(secret: string, text: (secret: string) => string): Omit<Planted, 'kind'> {
  return { secret, text: text(secret) };
}

/** So many secrets, of all kinds in turn. */
export function plantedSecrets(count: number): Planted[] {
  const kinds = Object.entries(KINDS);
  return Array.from({ length: count }, (_, at) => {
    const [kind, make] = kinds[at % kinds.length] ?? ['', () => lined('', String)];
    return { kind, ...make() };
  });
}

/** A key as machines of a mesh show it: public, and still whose it is. */
export function publicKey(of: string): string {
  return createHash('sha256').update(of).digest('base64');
}
