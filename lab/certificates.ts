import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateFile } from './places.ts';
import { run } from './run.ts';

/** How long the lab's certificates are valid in all. */
const LIFETIME_DAYS = 90;
const DAY_MS = 86_400_000;

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** The lab's own certificate authority, made once a lab; valid since yesterday, for the clocks of hosts may be behind. */
export function authority(): { certificate: string; key: string } {
  const [certificate, key] = [stateFile('authority.pem'), stateFile('authority.key')];
  if (!existsSync(certificate)) {
    inFolder((at) => {
      writeFileSync(at('openssl.conf'), configFor(at('.'), ['basicConstraints = critical,CA:true', 'keyUsage = keyCertSign,cRLSign']));
      run(['openssl', 'req', ...NEW_KEY, '-subj', '/CN=Wardround lab authority', '-keyout', key, '-out', at('request')]);
      const dates = ['-startdate', asn1Time(Date.now() - DAY_MS), '-enddate', asn1Time(Date.now() + 3650 * DAY_MS)];
      sign(['-config', at('openssl.conf'), '-selfsign', '-keyfile', key, ...dates, '-in', at('request'), '-out', certificate]);
    });
  }
  return { certificate, key };
}

/** A certificate of the lab's authority of which so many days are left; chain and key as texts. It began accordingly earlier. */
export function certificateFor(names: readonly [string, ...string[]], days_left: number): { chain: string; key: string } {
  const { certificate, key } = authority();
  return inFolder((at) => {
    const meant = `subjectAltName = ${names.map((name) => `DNS:${name}`).join(',')}`;
    writeFileSync(at('openssl.conf'), configFor(at('.'), [meant, 'extendedKeyUsage = serverAuth']));
    run(['openssl', 'req', ...NEW_KEY, '-subj', `/CN=${names[0]}`, '-keyout', at('key'), '-out', at('request')]);
    const issuer = ['-config', at('openssl.conf'), '-cert', certificate, '-keyfile', key];
    sign([...issuer, ...datesFor(days_left), '-in', at('request'), '-out', at('certificate')]);
    return { chain: readFileSync(at('certificate'), 'utf8') + readFileSync(certificate, 'utf8'), key: readFileSync(at('key'), 'utf8') };
  });
}

/** Unlike `openssl x509` it can set when a certificate begins. */
function sign(words: readonly string[]): void {
  run(['openssl', 'ca', '-batch', '-notext', ...words]);
}

/** Works in a folder of its own, which is gone afterwards. */
function inFolder<T>(work: (at: (name: string) => string) => T): T {
  const folder = stateFile('issue');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index'), '');
  const result = work((name) => join(folder, name));
  rmSync(folder, { recursive: true });
  return result;
}

function configFor(folder: string, extensions: readonly string[]): string {
  return [
    ...['[ca]', 'default_ca = lab'],
    ...['[lab]', `database = ${folder}/index`, `new_certs_dir = ${folder}`, 'rand_serial = yes', 'default_md = sha256'],
    ...['policy = names', 'x509_extensions = extensions'],
    ...['[names]', 'commonName = supplied'],
    ...['[extensions]', ...extensions, ''],
  ].join('\n');
}

function datesFor(days_left: number): string[] {
  // One hour more, so that a whole number of days is left while anybody looks.
  const end = Date.now() + days_left * DAY_MS + 3_600_000;
  return ['-startdate', asn1Time(end - LIFETIME_DAYS * DAY_MS), '-enddate', asn1Time(end)];
}

/** `YYYYMMDDHHMMSSZ` */
function asn1Time(at_ms: number): string {
  return `${new Date(at_ms).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
}
