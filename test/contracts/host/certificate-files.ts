import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Certificates are made by openssl; Node.js cannot. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const DAY_MS = 86_400_000;

/** An authority of the test's own in this folder: its certificate's path, and certificates that it signs. */
export function ownAuthority(folder: string) {
  const path = join(folder, 'authority.pem');
  const key = join(folder, 'authority.key');
  openssl(['req', '-x509', ...NEW_KEY, '-days', '10', '-subj', '/CN=Test authority', '-keyout', key, '-out', path]);
  let made = 0;
  return {
    path,
    /** A certificate for a name that an authority between this one and it signed, with that one's behind it, as servers show them. */
    certificateThroughAnother(name: string) {
      const at = (file: string) => join(folder, `between-${file}`);
      const by = (issuer: string, issuerKey: string) => ['req', '-x509', ...NEW_KEY, '-days', '5', '-CA', issuer, '-CAkey', issuerKey];
      openssl([
        ...by(path, key),
        '-subj',
        '/CN=Between',
        '-addext',
        'basicConstraints=critical,CA:TRUE',
        '-keyout',
        at('key'),
        '-out',
        at('pem'),
      ]);
      openssl([
        ...by(at('pem'), at('key')),
        '-subj',
        `/CN=${name}`,
        '-addext',
        `subjectAltName=DNS:${name}`,
        '-addext',
        'basicConstraints=CA:FALSE',
        '-keyout',
        at('end-key'),
        '-out',
        at('end-pem'),
      ]);
      return { key: readFileSync(at('end-key'), 'utf8'), cert: readFileSync(at('end-pem'), 'utf8') + readFileSync(at('pem'), 'utf8') };
    },
    /** A key and a certificate for these alternative names (`DNS:a.example`) that ends in so many days, which may be over. */
    certificateFor(names: string, days_left: number, subject = '/CN=server') {
      made += 1;
      const at = (name: string) => join(folder, `${made}-${name}`);
      const end_ms = Date.now() + days_left * DAY_MS;
      writeFileSync(at('index'), '');
      writeFileSync(at('conf'), configuration(folder, at('index'), names));
      openssl(['req', ...NEW_KEY, '-utf8', '-subj', subject, '-keyout', at('key'), '-out', at('request')]);
      const dates = ['-startdate', asn1Time(Math.min(Date.now(), end_ms) - DAY_MS), '-enddate', asn1Time(end_ms)];
      openssl([
        'ca',
        '-batch',
        '-notext',
        '-utf8',
        '-config',
        at('conf'),
        '-cert',
        path,
        '-keyfile',
        key,
        ...dates,
        '-in',
        at('request'),
        '-out',
        at('pem'),
      ]);
      return { key: readFileSync(at('key'), 'utf8'), cert: readFileSync(at('pem'), 'utf8'), not_after_s: Math.floor(end_ms / 1000) };
    },
  };
}

function configuration(folder: string, index: string, names: string): string {
  return [
    ...['[ca]', 'default_ca = own'],
    ...[
      '[own]',
      `database = ${index}`,
      `new_certs_dir = ${folder}`,
      'rand_serial = yes',
      'default_md = sha256',
      'policy = names',
      'x509_extensions = extensions',
    ],
    ...['[names]', 'commonName = optional', 'organizationName = optional'],
    ...['[extensions]', ...(names === '' ? ['keyUsage = digitalSignature'] : [`subjectAltName = ${names}`])],
    // A name of a folder that reads like one more name of a host, for `dirName:posing`.
    ...['[posing]', 'O = "x, DNS:evil.example.net"', ''],
  ].join('\n');
}

function asn1Time(at_ms: number): string {
  return `${new Date(at_ms).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
}

function openssl(words: readonly string[]): void {
  const { status, stderr } = spawnSync('openssl', words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${words[0]}: ${stderr}`);
}
