import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimIn, quotedLong } from '../../../src/subsystems/checks/claim.ts';

describe("another program's word on its health", () => {
  it('is read in the older shape of a gateway, where services are words', () => {
    const body = {
      status: 'degraded',
      version: '1.0.0',
      uptime_seconds: 14_400,
      services: { gateway: 'healthy', vault: 'unhealthy' },
      resources: { cpu_percent: 12.5 },
    };
    expect(claimIn(JSON.stringify(body))).toEqual({
      status: 'degraded',
      from: '1.0.0',
      at: '',
      services: [
        { name: 'gateway', status: 'healthy', desired: '', detail: '' },
        { name: 'vault', status: 'unhealthy', desired: '', detail: '' },
      ],
      figures: [
        { name: 'uptime_seconds', value: 14_400 },
        { name: 'resources.cpu_percent', value: 12.5 },
      ],
    });
  });

  it('keeps nanoseconds to the last digit, and tells retries', () => {
    const body =
      '{"hostname":"myhost","services":[{"id":"app:http","status":"running","desired":"running","retry_count":3}],"collected_at":1707744000123456789}';
    expect(claimIn(body)).toMatchObject({
      from: 'myhost',
      at: '1707744000123456789',
      services: [{ name: 'app:http', detail: '3 retries' }],
    });
  });

  it('is none where neither a status nor a service is told', () => {
    for (const body of ['', '{}', '[]', 'null', '{"status":1}', '<html>502 Bad Gateway</html>']) {
      expect(() => claimIn(body), body).toThrow(expect.objectContaining({ kind: 'unparsed' }));
    }
  });

  it('of any other JSON is read or refused, never a fault', () => {
    fc.assert(
      fc.property(fc.json(), (services) => {
        try {
          claimIn(`{"status":"healthy","services":${services}}`);
        } catch (error) {
          expect(error).toMatchObject({ kind: 'unparsed' });
        }
      }),
    );
  });
});

describe('whole numbers too long for JavaScript', () => {
  it('become texts, and nothing else changes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 10n ** 15n, max: 10n ** 19n }), fc.string(), (number, text) => {
        expect(JSON.parse(quotedLong(`{${JSON.stringify(text)}:${number}}`))).toEqual({ [text]: String(number) });
      }),
    );
    expect(quotedLong('{"a":1234567890123456.5,"b":"1234567890123456789","c":-1234567890123456789}')).toBe(
      '{"a":1234567890123456.5,"b":"1234567890123456789","c":"-1234567890123456789"}',
    );
  });
});
