import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stateFile } from './places.ts';
import { run } from './run.ts';

/** How long the lab's certificates are valid in all. */
const LIFETIME_DAYS = 90;

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** The lab's own certificate authority, made once a lab. */
export function authority(): { certificate: string; key: string } {
  const [certificate, key] = [stateFile('authority.pem'), stateFile('authority.key')];
  if (!existsSync(certificate)) {
    run([
      'openssl',
      'req',
      '-x509',
      ...NEW_KEY,
      '-days',
      '3650',
      '-subj',
      '/CN=Wardround lab authority',
      '-keyout',
      key,
      '-out',
      certificate,
    ]);
  }
  return { certificate, key };
}

/** A certificate of the lab's authority of which so many days are left; chain and key as texts. It began accordingly earlier. */
export function certificateFor(names: readonly [string, ...string[]], days_left: number): { chain: string; key: string } {
  const folder = stateFile('issue');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const at = (name: string) => `${folder}/${name}`;
  const { certificate, key } = authority();
  writeFileSync(at('index'), '');
  writeFileSync(at('openssl.conf'), configFor(folder, names));
  run(['openssl', 'req', ...NEW_KEY, '-subj', `/CN=${names[0]}`, '-keyout', at('key'), '-out', at('request')]);
  const issuer = ['-config', at('openssl.conf'), '-cert', certificate, '-keyfile', key];
  run(['openssl', 'ca', '-batch', '-notext', ...issuer, ...datesFor(days_left), '-in', at('request'), '-out', at('certificate')]);
  const chain = readFileSync(at('certificate'), 'utf8') + readFileSync(certificate, 'utf8');
  const issued = { chain, key: readFileSync(at('key'), 'utf8') };
  rmSync(folder, { recursive: true });
  return issued;
}

function configFor(folder: string, names: readonly string[]): string {
  return [
    ...['[ca]', 'default_ca = lab'],
    ...['[lab]', `database = ${folder}/index`, `new_certs_dir = ${folder}`, 'rand_serial = yes', 'default_md = sha256'],
    ...['policy = names', 'x509_extensions = extensions'],
    ...['[names]', 'commonName = supplied'],
    ...['[extensions]', `subjectAltName = ${names.map((name) => `DNS:${name}`).join(',')}`, 'extendedKeyUsage = serverAuth', ''],
  ].join('\n');
}

function datesFor(days_left: number): string[] {
  // One hour more, so that a whole number of days is left while anybody looks.
  const end = Date.now() + days_left * 86_400_000 + 3_600_000;
  return ['-startdate', asn1Time(end - LIFETIME_DAYS * 86_400_000), '-enddate', asn1Time(end)];
}

/** `YYYYMMDDHHMMSSZ` */
function asn1Time(at_ms: number): string {
  return `${new Date(at_ms).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
}
