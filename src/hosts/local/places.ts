import { readFileSync } from 'node:fs';
import type { LookupFunction } from 'node:net';
import { notAsked } from '../../core/unknown.ts';
import { builtin } from './builtin.ts';
import { DEADLINES } from './limits.ts';

/** Where node:net is to connect to. */
export type Place = { path: string } | { host: string; port: number; lookup: LookupFunction };

/** `HOST:PORT`, `[V6]:PORT` or `unix:PATH`. Names become addresses without the C library, whose waiting for a name server nothing can end, and within `ms`. */
export async function placeOf(to: string, ms: number): Promise<Place> {
  if (to.startsWith('unix:')) return { path: to.slice('unix:'.length) };
  return { ...splitPlace(to), lookup: await addressesWithin(ms) };
}

/** The parts of `HOST:PORT` or `[V6]:PORT`; throws an Unknown for what is neither. */
export function splitPlace(to: string): { host: string; port: number } {
  const colon = to.lastIndexOf(':');
  const port = Number(to.slice(colon + 1));
  const host = to.slice(0, Math.max(0, colon)).replace(/^\[(.*)\]$/, '$1');
  if (host === '' || !Number.isInteger(port) || port < 1 || port > 65_535) throw notAsked('failed', `${to} is no HOST:PORT`);
  return { host, port };
}

/** Where HTTP is asked for; null for what is no `http://HOST:PORT` and no `https://HOST:PORT`. */
export function httpPlace(to: string): { secure: boolean; at: string } | null {
  const [, scheme, host, port] = /^(https?):\/\/([^/:@?#[\]]+|\[[0-9a-fA-F:.]+\])(?::(\d{1,5}))?\/?$/.exec(to) ?? [];
  if (host === undefined) return null;
  const secure = scheme === 'https';
  return { secure, at: `${host}:${port ?? (secure ? '443' : '80')}` };
}

async function addressesWithin(ms: number): Promise<LookupFunction> {
  const { isIP } = await builtin('node:net');
  return (name, options, done) => {
    addresses(name, ms).then(
      (found) => {
        const all = found.map((address) => ({ address, family: isIP(address) }));
        const [first] = all;
        if (first === undefined) done(Object.assign(new Error(`no host has the name ${name}`), { code: 'ENOTFOUND' }), '', 0);
        else if (options.all === true) done(null, all);
        else done(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => done(error, '', 0),
    );
  };
}

/** From the machine's own list, else from its name servers. */
async function addresses(name: string, ms: number): Promise<string[]> {
  const own = listedHere(name);
  if (own.length > 0) return own;
  const { promises } = await builtin('node:dns');
  const resolver = new promises.Resolver({ timeout: Math.min(ms, DEADLINES.lookup), tries: 1 });
  // Its own time is a hint to it: it asks every name server that the machine has, each for so long.
  const timer = setTimeout(() => resolver.cancel(), ms);
  const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  clearTimeout(timer);
  const found = [four, six].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  if (found.length === 0 && four.status === 'rejected') throw four.reason;
  return found;
}

/** hosts(5): an address and its names on each line. */
function listedHere(name: string): string[] {
  const wanted = name.toLowerCase();
  const listed = hostsFile().flatMap((line) => {
    const [address = '', ...names] = (line.split('#', 1)[0] ?? '').trim().split(/\s+/);
    return names.some((each) => each.toLowerCase() === wanted) ? [address] : [];
  });
  return listed.length === 0 && wanted === 'localhost' ? ['127.0.0.1', '::1'] : listed;
}

function hostsFile(): string[] {
  try {
    return readFileSync('/etc/hosts', 'utf8').split('\n');
  } catch {
    return [];
  }
}
