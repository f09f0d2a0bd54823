import { describe, expect, it } from 'vitest';
import { profileFrom } from '../../src/agent/node-file.ts';

const read = (text: string) => {
  const { profile, problems } = profileFrom(text, 'node.yaml');
  return { endpoints: profile.checks.endpoints, problems };
};

describe('checks in the node file', () => {
  it('are endpoints of five kinds, with what they may ask for', () => {
    const { endpoints, problems } = read(`checks:
  - name: shop
    http: http://127.0.0.1:3000/health
    status: 204
    contains: ok
    slow_ms: 250
  - tcp: 127.0.0.1:5432
  - {name: zone, dns: example.net, type: NS, server: "127.0.0.1:5353"}
  - {name: site, tls: "www.example.net:443", days: 30}
  - {name: gateway, health: "https://[::1]:7704/health"}
`);
    expect(problems).toEqual([]);
    expect(endpoints).toMatchObject([
      { name: 'shop', kind: 'http', target: 'http://127.0.0.1:3000/health', status: 204, contains: 'ok', slow_ms: 250 },
      { name: '127.0.0.1:5432', kind: 'tcp', status: null, slow_ms: 1_000 },
      { name: 'zone', kind: 'dns', target: 'example.net', type: 'NS', server: '127.0.0.1:5353' },
      { name: 'site', kind: 'tls', target: 'www.example.net:443', least_days: 30 },
      { name: 'gateway', kind: 'health', target: 'https://[::1]:7704/health' },
    ]);
  });

  it.each([
    ['checks: shop', 'node.yaml: checks must be a list of at most 100 checks'],
    ['checks: [shop]', 'node.yaml: checks[0] must be a map such as {name: shop, http: "http://127.0.0.1:3000/"}'],
    ['checks: [{name: a}]', 'node.yaml: checks[0] must have one of http, tcp, dns, tls, health'],
    ['checks: [{tcp: "a:1", dns: a}]', 'node.yaml: checks[0] must have one of http, tcp, dns, tls, health'],
    ['checks: [{http: "http://me:secret@a/"}]', 'node.yaml: checks[0] needs for http http://HOST:PORT/PATH or https://…, without a user'],
    ['checks: [{http: "file:///etc/shadow"}]', 'node.yaml: checks[0] needs for http http://HOST:PORT/PATH or https://…, without a user'],
    ['checks: [{tcp: localhost}]', 'node.yaml: checks[0] needs for tcp HOST:PORT'],
    [
      'checks: [{tcp: "a:1", staus: 3}]',
      'node.yaml: checks[0] has an unknown key "staus"; there are http, tcp, dns, tls, health, name, contains, server, type, status, slow_ms, days',
    ],
    ['checks: [{tcp: "a:1", slow_ms: 0}]', 'node.yaml: checks[0] has a slow_ms that is not a number from 1 to 60000'],
    ['checks: [{dns: a, type: MX}]', 'node.yaml: checks[0] has a type that is not A, AAAA, NS or SOA'],
    ['checks: [{name: a, tcp: "a:1"}, {name: a, tcp: "b:1"}]', 'node.yaml: checks[1] has the name a a second time'],
  ])('%s is told as wrong, and nothing of it is asked', (text, problem) => {
    expect(read(text)).toEqual({ endpoints: [], problems: [problem] });
  });
});
