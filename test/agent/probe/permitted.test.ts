import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profileFrom } from '../../../src/agent/node-file.ts';
import { probed } from '../../../src/agent/probe.ts';
import { needsMesh, permittedBy, refusalOf } from '../../../src/agent/probe/permitted.ts';
import { type Probe, placeText, probeIn } from '../../../src/core/probe.ts';
import { PROFILES } from '../../../src/core/profile.ts';
import { transcript } from '../../../src/hosts/transcript.ts';
import { meshMachine } from './mesh.ts';

const OWN_FILE = [
  'dns: {domains: [example.net]}',
  'network: {reach: "192.0.2.1:8443", ports: [8080, 5353/udp]}',
  'checks: [{tcp: "db.example.net:5432"}, {http: "https://shop.example.net/health"}, {dns: other.example, server: "192.0.2.53:53"}]',
  'probe: ["203.0.113.99:9001"]',
].join('\n');

const read = (kind: string, target: string) => probeIn(kind, target) as Probe;
const answer = (kind: string, target: string, text = OWN_FILE) =>
  probed(
    read(kind, target),
    meshMachine(['clock', '= {"unix_ms":1795348800000,"uptime_s":86400.5,"boot_id":"x"}']).host,
    profileFrom(text),
  );

describe('what a machine may be asked to try', () => {
  it.each([
    ['tcp', '127.0.0.1:4001', 'its profile'],
    ['tcp', '192.0.2.1:8443', 'its own file'],
    ['tcp', 'DB.example.net:5432', 'a check of its own file'],
    ['tls', 'shop.example.net:443', 'a URL of its own file'],
    ['tcp', '203.0.113.99:9001', 'its own file, under probe'],
    ['tcp', '10.0.0.2:9001', 'its mesh and a port of its profile'],
    ['tcp', '10.0.0.3:8080', 'its mesh and a port of its own file'],
    ['tls', '203.0.113.12:443/example.net', 'its mesh, by the address from which a peer speaks'],
    ['dns', '203.0.113.13:53/example.net', 'its mesh and its domains'],
    ['dns', '192.0.2.53:53/other.example', 'a check of its own file'],
    ['mesh-ping', '10.0.0.3', 'its mesh'],
  ])('is %s %s, by %s', async (kind, target) => {
    expect(await answer(kind, target)).toMatchObject({ probe: kind, target, reason: '' });
  });

  it.each([
    ['tcp', '127.0.0.1:22', /^127\.0\.0\.1:22 is named neither by the node's own file nor by its profile/],
    ['tcp', '10.0.0.2:22', /is no such port of a peer of its mesh$/],
    ['tcp', '10.0.0.2:5353', /is no such port of a peer/],
    ['tcp', '10.0.0.4:9001', /is no such port of a peer/],
    ['tcp', '169.254.169.254:80', /^169\.254\.169\.254:80 is named neither/],
    ['tls', '198.51.100.7:443/example.net', /^198\.51\.100\.7:443 is named neither/],
    ['dns', '10.0.0.2:53/secret.attacker.example', /^secret\.attacker\.example is neither a zone of this machine nor/],
    ['dns', '8.8.8.8:53/example.net', /^8\.8\.8\.8:53 is named neither/],
    ['mesh-ping', '10.0.0.1', /^10\.0\.0\.1 is the mesh address of no peer/],
    ['mesh-ping', '192.0.2.1', /is the mesh address of no peer/],
  ])('is not %s %s, and nothing leaves the machine', async (kind, target, sentence) => {
    const machine = meshMachine();
    await expect(probed(read(kind, target), machine.host, profileFrom(OWN_FILE))).rejects.toMatchObject({
      exit: 6,
      message: expect.stringMatching(sentence) as string,
    });
    expect(machine.missing.filter((question) => /^(run ping|exchange|lookup|certificate)/.test(question))).toEqual([]);
  });

  it('is answered with why not where its mesh cannot be known', async () => {
    const without = new URL('../../../src/subsystems/wireguard/cases/not-installed/', import.meta.url);
    const [file = ''] = readdirSync(without).filter((name) => name.endsWith('.txt') && name !== 'expected.txt');
    const { host } = transcript(readFileSync(new URL(file, without), 'utf8'));
    expect(await probed(read('mesh-ping', 'all'), host, profileFrom(''))).toMatchObject({
      results: null,
      reason: 'neither a WireGuard interface nor the configuration of one',
    });
  });

  it('is never a place of whatever port that nobody named', () => {
    const permitted = permittedBy(PROFILES.default, []);
    const peers = [{ public_key: 'k', address: '10.0.0.2', endpoint: '203.0.113.12' }];
    fc.assert(
      fc.property(
        fc.oneof(fc.ipV4(), fc.constantFrom('10.0.0.2', '127.0.0.1', '203.0.113.12')),
        fc.integer({ min: 1, max: 65_535 }),
        (host, port) => {
          const probe = read('tcp', placeText({ host, port }));
          const named = permitted.places.some((place) => place.host === host && place.port === port);
          const ofPeer = ['10.0.0.2', '203.0.113.12'].includes(host) && permitted.ports.has(port);
          expect(refusalOf(probe, permitted, peers) === null).toBe(named || ofPeer);
          expect(needsMesh(probe, permitted)).toBe(!named);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
