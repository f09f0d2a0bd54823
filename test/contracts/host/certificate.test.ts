import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type TlsOptions } from 'node:tls';
import { afterAll, describe, expect, it } from 'vitest';
import type { Certificate } from '../../../src/core/host.ts';
import { certificates } from '../../../src/hosts/local/certificate.ts';
import { hasOpenssl, ownAuthority } from './certificate-files.ts';
import { deserted, listening, tcp } from './places.ts';
import { WAYS } from './ways.ts';

const folder = mkdtempSync(join(tmpdir(), 'ward-certificates-'));
afterAll(() => rmSync(folder, { recursive: true }));

const tls = (options: TlsOptions) => listening(createServer(options));

describe.skipIf(!hasOpenssl).each(WAYS)(
  `certificates seen from $way${hasOpenssl ? '' : ' (skipped: openssl, which makes them, is not installed)'}`,
  ({ hostWithin }) => {
    const { ask } = hostWithin();
    const { certificateFor } = ownAuthority(mkdtempSync(join(folder, 'authority-')));

    it('are shown with their names and dates, though nobody here trusts their authority', async () => {
      const { not_after_s, ...pair } = certificateFor('DNS:a.example.net,DNS:*.example.net', 30);
      const shown = (await ask('certificate', { to: await tls(pair), name: 'a.example.net' })) as Certificate;
      expect(shown).toMatchObject({
        subject: 'CN=server',
        issuer: 'CN=Test authority',
        names: ['a.example.net', '*.example.net'],
        not_after_s,
        trusted: false,
      });
      expect(shown.distrust).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    });

    it('are asked for by the name that is meant', async () => {
      const { key, cert } = certificateFor('DNS:other.example.net', 30);
      const meant: string[] = [];
      const to = await tls({
        key,
        cert,
        SNICallback: (name, done) => {
          meant.push(name);
          done(null);
        },
      });
      await ask('certificate', { to, name: 'a.example.net' });
      await ask('certificate', { to, name: '192.0.2.1' });
      await ask('certificate', { to, name: 'no name at all' });
      expect(meant).toEqual(['a.example.net']);
    });

    it('do not take a text that poses as a name for one', async () => {
      const pair = certificateFor('DNS:a.example.net,dirName:posing', 30, '/O=Line, with = signs/CN=server');
      const { names, subject } = (await ask('certificate', { to: await tls(pair), name: 'a.example.net' })) as Certificate;
      expect(names).toEqual(['a.example.net']);
      expect(subject).toBe('CN=server, O=Line\\, with = signs');
    });

    it('are not expected where another protocol is spoken', async () => {
      const to = await tcp((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
      expect(await ask('certificate', { to, name: 'a.example.net' })).toMatchObject({
        kind: 'failed',
        reason: expect.stringMatching(/^the TLS handshake failed: (wrong version number|packet length too long)$/),
      });
    });

    it('do not come from one who hangs up', async () => {
      const to = await tcp((socket) => socket.end());
      expect(await ask('certificate', { to, name: 'a.example.net' })).toMatchObject({ kind: 'failed' });
    });

    it('are waited for no longer than the deadline where the server is silent', async () => {
      const begun_ms = performance.now();
      expect(await hostWithin(300).ask('certificate', { to: await tcp(() => undefined), name: 'a.example.net' })).toMatchObject({
        kind: 'timeout',
        reason: 'no TLS handshake within 0.3 s',
      });
      expect(performance.now() - begun_ms).toBeLessThan(1_500);
    });

    it('cannot be seen where nobody listens', async () => {
      expect(await ask('certificate', { to: await deserted(), name: 'a.example.net' })).toMatchObject({
        kind: 'absent',
        reason: 'nobody listens there',
      });
    });
  },
);

describe.skipIf(!hasOpenssl)(
  `the trust in a certificate${hasOpenssl ? '' : ' (skipped: openssl, which makes them, is not installed)'}`,
  () => {
    const { path, certificateFor, certificateThroughAnother } = ownAuthority(mkdtempSync(join(folder, 'authority-')));
    const certificate = certificates([path]);
    const seen = async (names: string, days_left: number, name: string) =>
      (await certificate({ to: await tls(certificateFor(names, days_left)), name }, 3_000)) as Certificate;

    it.each([
      ['DNS:a.example.net', 'a.example.net'],
      ['DNS:*.example.net', 'a.example.net'],
      ['IP:192.0.2.1', '192.0.2.1'],
    ])('is there where a known authority signed %s and %s is meant', async (names, name) => {
      expect(await seen(names, 30, name)).toMatchObject({ trusted: true, distrust: '' });
    });

    it('ends with the certificate', async () => {
      expect(await seen('DNS:a.example.net', -1, 'a.example.net')).toMatchObject({ trusted: false, distrust: 'CERT_HAS_EXPIRED' });
    });

    it.each([
      ['DNS:b.example.net', 'a.example.net'],
      ['DNS:*.example.net', 'a.b.example.net'],
      ['DNS:192.0.2.1', '192.0.2.1'],
      ['', 'a.example.net'],
    ])('is not there where %j is named and %s is meant', async (names, name) => {
      expect(await seen(names, 30, name)).toMatchObject({ trusted: false, distrust: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    });

    it('reaches through an authority that only the server shows', async () => {
      const to = await tls(ownAuthority(mkdtempSync(join(folder, 'stranger-'))).certificateThroughAnother('a.example.net'));
      const known = await tls({ ...certificateThroughAnother('a.example.net') });
      expect(await certificate({ to: known, name: 'a.example.net' }, 3_000)).toMatchObject({ trusted: true, distrust: '' });
      // Of the same name as the known one, but not the same.
      expect(await certificate({ to, name: 'a.example.net' }, 3_000)).toMatchObject({ trusted: false });
    });

    it('is there for every certificate of an authority where several are looked at together', async () => {
      const together = certificates([path]);
      const to = await tls(certificateFor('DNS:a.example.net,DNS:*.example.net', 30));
      const all = await Promise.all(['a', 'b', 'c'].map((name) => together({ to, name: `${name}.example.net` }, 3_000)));
      expect(all.map((each) => (each as Certificate).distrust)).toEqual(['', '', '']);
    });

    it('is not lent by an authority that was called for before', async () => {
      expect(await seen('DNS:a.example.net', 30, 'a.example.net')).toMatchObject({ trusted: true });
      const other = ownAuthority(mkdtempSync(join(folder, 'other-')));
      expect(
        await certificate({ to: await tls(other.certificateFor('DNS:a.example.net', 30)), name: 'a.example.net' }, 3_000),
      ).toMatchObject({ trusted: false });
    });

    it('is worked out once for a chain, and anew where the list of authorities has changed', async () => {
      const folderOfList = mkdtempSync(join(folder, 'list-'));
      const list = join(folderOfList, 'list.pem');
      const own = ownAuthority(folderOfList);
      copyFileSync(own.path, list);
      let connections = 0;
      const server = createServer(own.certificateFor('DNS:a.example.net', 30));
      server.on('connection', () => (connections += 1));
      const to = await listening(server);
      const verdicts = {};
      const look = async () => ((await certificates([list], verdicts)({ to, name: 'a.example.net' }, 3_000)) as Certificate).trusted;
      expect([await look(), connections]).toEqual([true, 2]);
      expect([await look(), connections]).toEqual([true, 3]);
      expect(Object.keys(verdicts)).toHaveLength(1);
      writeFileSync(list, '');
      expect([await look(), connections]).toEqual([false, 4]);
    });
  },
);
