import { existsSync, readFileSync, statSync } from 'node:fs';
import type { SecureContext } from 'node:tls';
import { builtin } from './builtin.ts';

/** Where distributions keep the authorities that the machine trusts: Debian and its kin, Red Hat, SUSE, Alpine. */
const LISTS = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/ca-bundle.pem', '/etc/ssl/cert.pem'];

/** A file of authorities, known by what changes when it is written. */
export interface TrustList {
  path: string;
  version: string;
}

/** The first of these lists that is there; null where there is none, and Node.js's own serves. */
export function trustList(paths: readonly string[] = LISTS): TrustList | null {
  const path = paths.find((each) => existsSync(each));
  if (path === undefined) return null;
  const { mtimeMs, size, ino } = statSync(path);
  return { path, version: `${path} ${mtimeMs} ${size} ${ino}` };
}

let made: { of: string; context: SecureContext } | null = null;

/** All that the machine trusts, made once for each version of its list: to make it costs as much as a report. */
export async function systemTrust(): Promise<SecureContext> {
  const list = trustList();
  const of = list?.version ?? '';
  if (made?.of !== of) {
    const { createSecureContext } = await builtin('node:tls');
    made = { of, context: createSecureContext(list === null ? {} : { ca: readFileSync(list.path, 'utf8') }) };
  }
  return made.context;
}
