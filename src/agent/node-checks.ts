import type { Endpoint, Profile } from '../core/profile.ts';
import type { PlainValue } from './plain-yaml.ts';

type Item = Readonly<Record<string, PlainValue>>;

const MOST = 100;
const KINDS = ['http', 'tcp', 'dns', 'tls', 'health'] as const;
const URL_SHAPE = /^(https?:\/\/([^/:@?#[\]\s]+|\[[0-9a-fA-F:.]+\])(:\d{1,5})?)(\/[^\s#]*)?$/;
/** `HOST:PORT`, an IPv6 address in brackets. */
export const HOST_PORT = /^([A-Za-z0-9][A-Za-z0-9.-]{0,253}|\[[0-9a-fA-F:.]+\]):([1-9]\d{0,4})$/;
const DOMAIN = /^[A-Za-z0-9_*][A-Za-z0-9_.-]{0,253}$/;

/** The endpoints that the node's own file names, or what one of them should have been. */
export function checksIn(profile: Profile, value: PlainValue): Profile | string {
  const endpoints = endpointsIn(value);
  return typeof endpoints === 'string' ? endpoints : { ...profile, checks: { endpoints } };
}

/** Endpoints as a file lists them; a text says what one of them should have been. */
export function endpointsIn(value: unknown): Endpoint[] | string {
  if (!Array.isArray(value) || value.length > MOST) return `KEY must be a list of at most ${MOST} checks`;
  const endpoints: Endpoint[] = [];
  for (const [at, item] of value.entries()) {
    const endpoint = isItem(item) ? endpointOf(item) : 'must be a map such as {name: shop, http: "http://127.0.0.1:3000/"}';
    if (typeof endpoint === 'string') return `KEY[${at}] ${endpoint}`;
    if (endpoints.some(({ name }) => name === endpoint.name)) return `KEY[${at}] has the name ${endpoint.name} a second time`;
    endpoints.push(endpoint);
  }
  return endpoints;
}

function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function endpointOf(item: Item): Endpoint | string {
  const kinds = KINDS.filter((kind) => item[kind] !== undefined);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) return `must have one of ${KINDS.join(', ')}`;
  const stranger = Object.keys(item).find((key) => key !== kind && !(key in DEFAULTS));
  if (stranger !== undefined) return `has an unknown key "${stranger}"; there are ${[...KINDS, ...Object.keys(DEFAULTS)].join(', ')}`;
  const target = item[kind];
  if (typeof target !== 'string' || !shapeOf(kind).test(target)) return `needs for ${kind} ${wordsFor(kind)}`;
  return withOptions(item, kind, target);
}

function shapeOf(kind: Endpoint['kind']): RegExp {
  if (kind === 'dns') return DOMAIN;
  return kind === 'http' || kind === 'health' ? URL_SHAPE : HOST_PORT;
}

function wordsFor(kind: Endpoint['kind']): string {
  if (kind === 'dns') return 'a domain';
  return kind === 'http' || kind === 'health' ? 'http://HOST:PORT/PATH or https://…, without a user' : 'HOST:PORT';
}

/** What each option must be, in words and as a question. */
const RULES: readonly { key: keyof typeof DEFAULTS; words: string; fits(value: PlainValue): boolean }[] = [
  { key: 'name', words: '1 to 64 letters', fits: (value) => typeof value === 'string' && value !== '' && value.length <= 64 },
  { key: 'contains', words: 'a text', fits: (value) => typeof value === 'string' },
  { key: 'server', words: 'HOST:PORT', fits: (value) => typeof value === 'string' && HOST_PORT.test(value) },
  { key: 'type', words: 'A, AAAA, NS or SOA', fits: (value) => typeof value === 'string' && ['A', 'AAAA', 'NS', 'SOA'].includes(value) },
  { key: 'status', words: 'a number from 100 to 599', fits: (value) => value === null || isWithin(value, 100, 599) },
  { key: 'slow_ms', words: 'a number from 1 to 60000', fits: (value) => isWithin(value, 1, 60_000) },
  { key: 'days', words: 'a number from 1 to 400', fits: (value) => isWithin(value, 1, 400) },
];

const DEFAULTS = {
  name: '',
  contains: '',
  server: '127.0.0.1:53',
  type: 'A' as Endpoint['type'],
  status: null as number | null,
  slow_ms: 1_000,
  days: 14,
};

function withOptions(item: Item, kind: Endpoint['kind'], target: string): Endpoint | string {
  const options = { ...DEFAULTS, name: target.slice(0, 64), ...item };
  const broken = RULES.find(({ key, fits }) => !fits(options[key]));
  if (broken !== undefined) return `has a ${broken.key} that is not ${broken.words}`;
  const { days, name, contains, server, type, status, slow_ms } = options;
  return { name, kind, target, status, contains, slow_ms, server, type, least_days: days };
}

function isWithin(value: PlainValue, from: number, to: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;
}
