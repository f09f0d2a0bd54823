import type { Answer, Ask } from '../../core/ask.ts';
import type { Certificate, HttpAnswer } from '../../core/host.ts';
import type { Endpoint } from '../../core/profile.ts';

/** What was asked for one check; the questions that its kind does not need are null. */
export interface Asked {
  endpoint: Endpoint;
  http: Answer<HttpAnswer> | null;
  tcp: Answer<string> | null;
  dns: Answer<string[]> | null;
  tls: Answer<Certificate> | null;
}

const NOTHING = { http: null, tcp: null, dns: null, tls: null };

/** Puts the one question that a check needs. */
export function askEndpoint(ask: Ask, endpoint: Endpoint): Asked {
  const { kind, target } = endpoint;
  switch (kind) {
    case 'http':
    case 'health': {
      const { origin, path } = partsOf(target);
      return { ...NOTHING, endpoint, http: ask.http({ to: origin, path, as: 'timed' }, (answer) => answer) };
    }
    case 'tcp':
      return { ...NOTHING, endpoint, tcp: ask.exchange(target) };
    case 'dns':
      return { ...NOTHING, endpoint, dns: ask.lookup(endpoint.server, target, endpoint.type) };
    default:
      return { ...NOTHING, endpoint, tls: ask.certificate(target, target.slice(0, target.lastIndexOf(':'))) };
  }
}

/** `http://HOST:PORT/path?query` as a Host takes it. */
function partsOf(url: string): { origin: string; path: string } {
  const slash = url.indexOf('/', url.indexOf('//') + 2);
  return slash === -1 ? { origin: url, path: '/' } : { origin: url.slice(0, slash), path: url.slice(slash) };
}
