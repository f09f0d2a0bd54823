import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/core/evaluate.ts';
import type { ProfileName } from '../../../src/core/profile.ts';
import type { NodeSnapshot, Snapshot } from '../../../src/core/snapshot.ts';
import { rules } from '../../../src/subsystems/dns/rules.ts';
import type { Dns, Domain, PresentedCertificate } from '../../../src/subsystems/dns/section.ts';

const NOW_S = 1_795_348_800;

const domain: Domain = {
  name: 'example.net',
  soa_resolves: true,
  soa_serial: 2_026_112_201,
  ns_resolves: true,
  ns: ['ns1.example.net'],
  a_resolves: true,
  a: ['203.0.113.11'],
  wildcard_resolves: true,
};

const certificate: PresentedCertificate = {
  name: 'example.net',
  days_left: 74,
  lifetime_days: 90,
  not_after: NOW_S + 74 * 86_400,
  issuer: 'CN=E7',
  trusted: true,
  distrust: '',
  names: ['example.net'],
};

const healthy: Dns = {
  coredns_active: true,
  coredns_enabled: true,
  caddy_active: true,
  caddy_enabled: true,
  port_53_bound: true,
  port_80_bound: true,
  port_443_bound: true,
  server: 'coredns',
  web_server: 'caddy',
  coredns_mem_mb: 61,
  coredns_restarts: 0,
  log_errors_5m: 0,
  corefile_exists: true,
  soa_resolves: true,
  ns_resolves: true,
  ns_record_count: 1,
  wildcard_resolves: true,
  base_a_resolves: true,
  base_tls_days_left: 74,
  wild_tls_days_left: 74,
  domains: [domain],
  domain_count: 1,
  certificates: [certificate],
};

interface Kind {
  profile?: ProfileName;
  role?: string;
  /** Paths that are absent. */
  absent?: readonly string[];
}

function node(name: string, dns: Dns, { profile = 'default', role = 'node', absent = [] }: Kind = {}): NodeSnapshot {
  const report = {
    schema_version: 1,
    timestamp: '2026-11-22T12:00:00.000Z',
    hostname: name,
    public_ip: null,
    wireguard_ip: null,
    version: '0.1.0',
    profile,
    expected: [],
    collect_ms: 0,
    errors: [],
    states: { dns: 'ok' as const },
    unknown: absent.map((path) => ({ path, kind: 'absent' as const, reason: 'the unit is not installed' })),
    dns,
  };
  return {
    name,
    host: null,
    environment: null,
    role,
    tags: [],
    groups: [],
    via: 'ward',
    profile,
    report,
    failure: null,
    asked_at_ms: NOW_S * 1000,
    answered_at_ms: NOW_S * 1000,
    notes: [],
  };
}

/** What is found, in short. */
function found(...nodes: readonly NodeSnapshot[]): string[] {
  const snapshot: Snapshot = { environment: null, taken_at_ms: NOW_S * 1000, duration_ms: 0, nodes };
  return evaluate(snapshot, [{ name: 'dns', rules }], []).findings.map(
    ({ severity, rule, node: at, subject }) => `${severity} ${rule.slice('dns/'.length)} ${at} ${subject}`,
  );
}

describe('certificates', () => {
  const ends = (days: number, lifetime = 90) =>
    found(node('web', { ...healthy, certificates: [{ ...certificate, days_left: days, lifetime_days: lifetime }] }));

  it('warn below 14 days and are critical from 3, and once expired', () => {
    expect(ends(14)).toEqual([]);
    expect(ends(13)).toEqual(['warning certificate-expiring web example.net']);
    expect(ends(4)).toEqual(['warning certificate-expiring web example.net']);
    expect(ends(3)).toEqual(['critical certificate-expiring web example.net']);
    expect(ends(-1)).toEqual(['critical certificate-expiring web example.net']);
  });

  it('that live a few hours or days are not near their end all the time', () => {
    expect(ends(0, 1)).toEqual([]);
    expect(ends(2, 6)).toEqual([]);
    expect(ends(0, 6)).toEqual(['warning certificate-expiring web example.net']);
    expect(ends(-1, 1)).toEqual(['critical certificate-expiring web example.net']);
  });

  it('that serve a domain and its wildcard are one finding', () => {
    const both = ['example.net', '*.example.net'].map((name) => ({ ...certificate, name, days_left: 9 }));
    expect(found(node('web', { ...healthy, certificates: both }))).toEqual(['warning certificate-expiring web example.net']);
  });

  it('that nobody vouches for are worth an info, unless they have expired', () => {
    const own = { ...certificate, trusted: false, distrust: 'DEPTH_ZERO_SELF_SIGNED_CERT' };
    expect(found(node('web', { ...healthy, certificates: [own] }))).toEqual(['info certificate-untrusted web example.net']);
    expect(found(node('web', { ...healthy, certificates: [{ ...own, days_left: -3 }] }))).toEqual([
      'critical certificate-expiring web example.net',
    ]);
  });

  it('under a domain are expected only where the name server sends people', () => {
    const none = { days_left: null, lifetime_days: null, not_after: null, issuer: null, trusted: null, distrust: null, names: null };
    const section = { ...healthy, certificates: [certificate, { ...none, name: '*.example.net' }] };
    expect(found(node('web', section))).toEqual(['warning certificate-unchecked web *.example.net']);
    expect(found(node('web', { ...section, domains: [{ ...domain, wildcard_resolves: false }] }))).toEqual([]);
    expect(found(node('web', { ...section, certificates: [{ ...none, name: 'example.net' }] }))).toEqual([
      'warning certificate-unchecked web example.net',
    ]);
  });
});

describe('programs', () => {
  const down = { ...healthy, coredns_active: false, caddy_active: false };

  it('that are enabled and down are a warning; critical on a name server of profile orama', () => {
    expect(found(node('a', down))).toEqual(['warning caddy-down a caddy', 'warning coredns-down a coredns']);
    expect(found(node('a', down, { profile: 'orama' }))).toEqual(['warning caddy-down a caddy', 'warning coredns-down a coredns']);
    expect(found(node('a', down, { profile: 'orama', role: 'nameserver-ns1' }))).toEqual([
      'critical caddy-down a caddy',
      'critical coredns-down a coredns',
    ]);
  });

  it('that nobody enabled may rest, except on a name server of profile orama', () => {
    const resting = { ...down, coredns_enabled: false, caddy_enabled: false };
    expect(found(node('a', resting))).toEqual([]);
    expect(found(node('a', resting, { profile: 'orama', role: 'nameserver' }))).toHaveLength(2);
  });

  it('that are not installed are missed only there', () => {
    const missing = { ...healthy, coredns_active: null, coredns_enabled: null };
    const told = ['dns.coredns_active'];
    expect(found(node('a', missing, { absent: told }))).toEqual([]);
    expect(found(node('a', { ...missing, server: null }, { profile: 'orama', role: 'nameserver', absent: told }))).toEqual([
      'critical coredns-down a coredns',
    ]);
    // Not read is not the same as not there.
    expect(found(node('a', { ...missing, server: null }, { profile: 'orama', role: 'nameserver' }))).toEqual([]);
    // It runs without a unit, as in a container.
    expect(found(node('a', missing, { profile: 'orama', role: 'nameserver', absent: told }))).toEqual([]);
  });

  it('Caddy with plain HTTP only is well, except in profile orama', () => {
    const plain = { ...healthy, port_443_bound: false, certificates: null };
    expect(found(node('a', plain))).toEqual([]);
    expect(found(node('a', plain, { profile: 'orama' }))).toEqual(['critical port-unbound a 443/tcp']);
    expect(found(node('a', { ...plain, port_80_bound: false }))).toEqual(['critical port-unbound a 443/tcp']);
  });
});

describe('records', () => {
  it('a wildcard and an address are expected in profile orama only', () => {
    const bare = { ...healthy, domains: [{ ...domain, a_resolves: false, wildcard_resolves: false }] };
    expect(found(node('a', bare))).toEqual([]);
    expect(found(node('a', bare, { profile: 'orama' }))).toEqual(['warning base-a a example.net', 'warning wildcard a example.net']);
  });

  it('serials that differ are told once, those made from the clock are not', () => {
    const serial = (soa_serial: number | null) => ({ ...healthy, domains: [{ ...domain, soa_serial }] });
    expect(found(node('a', serial(7)), node('b', serial(8)), node('c', serial(null)))).toEqual([
      'warning zones-differ cluster example.net',
    ]);
    expect(found(node('a', serial(NOW_S - 1)), node('b', serial(NOW_S)))).toEqual([]);
  });

  it('that could not be read raise nothing', () => {
    expect(found(node('a', { ...healthy, domains: null, certificates: null, log_errors_5m: null }))).toEqual([]);
  });
});
