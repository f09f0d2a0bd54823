import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forcedWords } from '../../src/agent/forced-command.ts';
import { placeText, PROBE_KINDS, probeIn } from '../../src/core/probe.ts';

describe('the words of a probe', () => {
  it.each([
    ['mesh-ping', 'all', { address: null }],
    ['mesh-ping', '10.0.0.2', { address: '10.0.0.2' }],
    ['mesh-ping', 'FD00::2', { address: 'fd00::2' }],
    ['tcp', '10.0.0.2:4001', { place: { host: '10.0.0.2', port: 4001 } }],
    ['tcp', 'NS1.example.net:53', { place: { host: 'ns1.example.net', port: 53 } }],
    ['tcp', '[fd00::2]:53', { place: { host: 'fd00::2', port: 53 } }],
    ['dns', '10.0.0.2:53/Example.net', { place: { host: '10.0.0.2', port: 53 }, zone: 'example.net' }],
    ['dns', '[fd00::2]:53/example.net', { place: { host: 'fd00::2', port: 53 }, zone: 'example.net' }],
    ['tls', '127.0.0.1:443/www.example.net', { place: { host: '127.0.0.1', port: 443 }, name: 'www.example.net' }],
    ['tls', 'www.example.net:443', { name: 'www.example.net' }],
  ])('%s %s is understood', (kind, target, probe) => {
    expect(probeIn(kind, target)).toMatchObject({ kind, target, ...probe });
  });

  it.each([
    ['ping', 'all', 'there is no probe ping; there are mesh-ping, tcp, dns, tls'],
    ['mesh-ping', '10.0.0.0/24', 'the target of mesh-ping is all, or the address of one peer'],
    ['mesh-ping', '-c1', 'the target of mesh-ping is all, or the address of one peer'],
    ['tcp', '10.0.0.2', 'the target of tcp is HOST:PORT'],
    ['tcp', '10.0.0.2:65536', 'the target of tcp is HOST:PORT'],
    ['tcp', '10.0.0.2:1-1024', 'the target of tcp is HOST:PORT'],
    ['tcp', 'unix:/run/docker.sock', 'the target of tcp is HOST:PORT'],
    ['dns', 'ns1.example.net:53/example.net', 'the target of dns is ADDRESS:PORT/ZONE'],
    ['tls', 'https://www.example.net:443', 'the target of tls is HOST:PORT, or HOST:PORT/NAME'],
  ])('%s %s is refused with what it should have been', (kind, target, sentence) => {
    expect(probeIn(kind, target)).toBe(sentence);
  });

  it('are nothing that a shell, a program or a pattern could take for more, and always what a forced key may say', () => {
    const part = fc.constantFrom(
      '10.0.0.2',
      'a.example',
      '[fd00::2]',
      ':',
      '/',
      '53',
      'all',
      '-',
      ' ',
      '*',
      '$(id)',
      ';',
      '\n',
      '"',
      "'",
      '`',
      '..',
      '[',
      ']',
    );
    const target = fc.oneof(
      fc.array(part, { maxLength: 6 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...PROBE_KINDS), target, (kind, text) => {
        const probe = probeIn(kind, text);
        if (typeof probe === 'string') return;
        expect(text).toMatch(/^[A-Za-z0-9[:][\w.:[\]/-]*$/);
        expect(forcedWords(`probe ${kind} ${text}`)).toEqual(['probe', kind, text]);
      }),
      { numRuns: 5_000, examples: [['mesh-ping', '::1']] },
    );
  });

  it('name the same place when it is written again', () => {
    const host = fc.oneof(
      fc.ipV4(),
      fc.ipV6().filter((text) => !text.includes('.')),
      fc.domain().filter((name) => name.length < 200),
    );
    fc.assert(
      fc.property(host, fc.integer({ min: 1, max: 65_535 }), (name, port) => {
        const target = placeText({ host: name, port });
        const probe = probeIn('tcp', target);
        expect(typeof probe === 'string' || probe.kind === 'mesh-ping' ? probe : placeText(probe.place)).toBe(target.toLowerCase());
      }),
    );
  });
});
