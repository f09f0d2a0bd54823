import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { afterAll, describe, expect, it } from 'vitest';
import { profileFrom } from '../../../src/agent/node-file.ts';
import { probed } from '../../../src/agent/probe.ts';
import { type Probe, probeIn } from '../../../src/core/probe.ts';
import { localHost } from '../../../src/hosts/local.ts';
import { hasOpenssl, ownAuthority } from '../../contracts/host/certificate-files.ts';
import { nameBytes, nameIn, nameServer, reply } from '../../contracts/host/name-server.ts';
import { deserted, listening, tcp } from '../../contracts/host/places.ts';

const folder = mkdtempSync(join(tmpdir(), 'ward-probe-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What this machine finds, with the place named in its own file. */
async function tried(kind: string, target: string, file: string) {
  const { results } = await probed(probeIn(kind, target) as Probe, localHost(), profileFrom(file));
  return results ?? [];
}

describe('a probe from this machine', () => {
  it('tells whether a place takes connections', async () => {
    const [open, closed] = [await tcp(() => undefined), await deserted()];
    expect(await tried('tcp', open, `probe: ["${open}"]`)).toMatchObject([{ subject: open, passed: true, by: 'tcp', reason: '' }]);
    expect(await tried('tcp', closed, `probe: ["${closed}"]`)).toMatchObject([
      { subject: closed, passed: false, reason: 'nobody listens there' },
    ]);
  });

  it('tells what a name server answers for a zone, and for a name that nobody has', async () => {
    const address = { type: 1, data: Buffer.from([192, 0, 2, 7]) };
    const server = await nameServer((question) => {
      const type = question.readUInt16BE(question.length - 4 - (question.readUInt16BE(10) > 0 ? 11 : 0));
      if (type === 2) return reply(question, [{ type: 2, data: nameBytes('ns1.example.net') }]);
      return nameIn(question) === 'example.net' && type === 1 ? reply(question, [address]) : reply(question, [], 3);
    });
    expect(await tried('dns', `${server}/example.net`, `dns: {domains: [example.net], server: "${server}"}`)).toMatchObject([
      { subject: 'SOA', passed: false, reason: 'there is no such name' },
      { subject: 'NS', passed: true, records: ['ns1.example.net'] },
      { subject: 'A', passed: true, records: ['192.0.2.7'] },
      { subject: 'wildcard', passed: false, records: [] },
    ]);
  });

  it.skipIf(!hasOpenssl)(`shows the whole chain of a server${hasOpenssl ? '' : ' (skipped: openssl is not installed)'}`, async () => {
    const { certificateFor } = ownAuthority(folder);
    const { not_after_s, ...pair } = certificateFor('DNS:a.example.net', 30);
    const place = await listening(createServer(pair));
    const [found] = await tried('tls', `${place}/a.example.net`, `probe: ["${place}"]`);
    expect(found).toMatchObject({
      ...{ passed: false, by: 'tls', reason: 'not trusted for a.example.net (UNABLE_TO_VERIFY_LEAF_SIGNATURE)' },
      chain: { trusted: false, names: ['a.example.net'], links: [{ subject: 'CN=server', issuer: 'CN=Test authority', not_after_s }] },
    });
  });
});
