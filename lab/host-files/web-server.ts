import { appendFileSync, chownSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { authority, certificateFor } from '../certificates.ts';
import { ownerOf } from './login.ts';
import { ZONE } from './name-server.ts';
import { putUnder, type Put } from './put.ts';

const CERTIFICATE = '/etc/caddy/lab.pem';
const KEY = '/etc/caddy/lab.key';

/** How many days a sound certificate of the lab has left. */
export const SOUND_DAYS = 85;

/** Caddy with a certificate of the lab's authority, which the host trusts. */
export function writeWebServer(root: string, put: Put): void {
  appendFileSync(join(root, 'etc/ssl/certs/ca-certificates.crt'), readFileSync(authority().certificate));
  put('/etc/caddy/Caddyfile', CADDYFILE);
  writeCertificate(root, SOUND_DAYS);
}

/** Gives the host's web server a certificate of which so many days are left; Caddy reads it when it starts. */
export function writeCertificate(root: string, days_left: number): void {
  const { chain, key } = certificateFor([ZONE, `*.${ZONE}`], days_left);
  const put = putUnder(root);
  put(CERTIFICATE, chain);
  put(KEY, key, 0o640);
  const [, gid] = ownerOf(root, 'caddy');
  chownSync(join(root, KEY), 0, gid);
}

const CADDYFILE = `{
  auto_https off
  admin off
}
:80 {
  respond "ok"
}
:443 {
  tls ${CERTIFICATE} ${KEY}
  respond "ok"
}
`;
