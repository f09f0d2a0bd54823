import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { authoritiesFor } from '../../src/hosts/local/authorities.ts';
import { hasOpenssl, ownAuthority } from '../contracts/host/certificate-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'ward-authorities-'));
afterAll(() => rmSync(folder, { recursive: true }));

const list = rootCertificates.join('\n');
const derOf = (pem: string) => new X509Certificate(pem).raw;
const pemOf = (der: Buffer) => `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----`;

describe('the authorities for a certificate', () => {
  it('are all those that bear the name of its issuer, and no others, for every root that Node.js knows', () => {
    const known = rootCertificates.map((pem) => ({ pem, certificate: new X509Certificate(pem) }));
    for (const { certificate } of known) {
      const found = authoritiesFor(list, [certificate.raw]);
      const bearing = known.filter((each) => each.certificate.subject === certificate.issuer).map(({ pem }) => pem.trim());
      expect(found.map((pem) => pem.trim())).toEqual(expect.arrayContaining(bearing));
      expect(found.length).toBeLessThan(10);
    }
  });

  it.skipIf(!hasOpenssl)(
    `are found by what a name says, however it is written${hasOpenssl ? '' : ' (skipped: openssl is not installed)'}`,
    () => {
      const { path, certificateFor } = ownAuthority(folder);
      const leaf = derOf(certificateFor('DNS:a.example.net', 10).cert);
      const authority = derOf(readFileSync(path, 'utf8'));
      const name = authority.indexOf('Test authority', authority.indexOf('Test authority') + 1);
      const UTF8 = 0x0c;
      const PRINTABLE = 0x13;
      expect(authority[name - 2]).toBe(UTF8);
      const other = Buffer.from(authority);
      for (const at of [authority.indexOf('Test authority'), name]) other[at - 2] = PRINTABLE;
      other.write('TEST', name);
      expect(authoritiesFor(`${list}\n${pemOf(other)}`, [leaf])).toEqual([pemOf(other)]);
    },
  );

  it('are none where the list or the certificate is nonsense', () => {
    const garbage = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
    const whole = derOf(rootCertificates[0] ?? '');
    const torn = fc
      .tuple(fc.nat(whole.length - 1), fc.nat(255))
      .map(([at, byte]) => Buffer.concat([whole.subarray(0, at), Buffer.from([byte]), whole.subarray(at + 1)]));
    fc.assert(
      fc.property(fc.oneof(garbage, torn), fc.oneof(garbage, torn), (one, other) => {
        expect(authoritiesFor(pemOf(one), [other]).length).toBeLessThanOrEqual(1);
      }),
    );
    expect(authoritiesFor('no list', [whole])).toEqual([]);
    expect(authoritiesFor(list, [])).toEqual([]);
  });
});
