import { type CheckDefinition, fieldRule, numberRule } from '../../core/check-definition.ts';
import { notActiveRule } from '../../core/not-active.ts';
import { hasCaddy, hasCoreDns, isOrama } from './installed.ts';
import { outside } from './outside-checks.ts';
import type { Dns } from './section.ts';

const plainPort = fieldRule<Dns>()({
  ...{ name: 'port-80-unbound', severity: 'warning', field: 'port_80_bound', subject: '80/tcp', asked: '/proc/net/tcp' },
  about: 'Caddy runs, but nothing listens on port 80, where certificates are renewed and browsers begin.',
  wrong: (bound, { caddy_active: active }) => active === true && !bound,
  message: () => 'Caddy runs, but nothing listens on port 80/tcp',
});

const memory = numberRule<Dns>()({
  ...{ name: 'coredns-memory', field: 'coredns_mem_mb', subject: 'coredns', asked: 'systemd', what: 'CoreDNS holds', unit: ' MiB' },
  about: 'CoreDNS holds more memory than its zones explain.',
  levels: { warning: 100, critical: 200 },
});

const restarts = numberRule<Dns>()({
  ...{
    name: 'coredns-restarts',
    field: 'coredns_restarts',
    subject: 'coredns',
    asked: 'systemd',
    what: 'CoreDNS was restarted by itself',
    unit: ' times',
  },
  about: 'CoreDNS ended and was started again by itself.',
  levels: { warning: 0, critical: 3 },
});

const corefile = fieldRule<Dns>()({
  ...{ name: 'no-corefile', severity: 'warning', field: 'corefile_exists', subject: 'Corefile', asked: 'the file itself' },
  about: 'CoreDNS has no configuration file.',
  wrong: (exists) => !exists,
  message: () => 'The Corefile is not there, so CoreDNS cannot start again',
});

const allActive = notActiveRule<Dns>({
  name: 'all-active',
  title: 'CoreDNS',
  isDown: ({ coredns_active: active, coredns_enabled: enabled }) => (enabled === true && active !== null ? !active : null),
  follows: { rule: 'dns/coredns-down', subject: 'coredns' },
});

/** Certificates of names by themselves, or of wildcards. */
function certificates(id: string, isWanted: (name: string) => boolean): CheckDefinition {
  return {
    id,
    rules: ['certificate-expiring', 'certificate-unchecked'],
    importance: 'high',
    subject: isWanted,
    subjects: (section: Dns) => (section.certificates ?? []).map(({ name }) => name).filter(isWanted),
    needs: ['certificates'],
  };
}

const isWildcard = (name: string) => name.startsWith('*.');

/** What a name server should answer for its own domains. */
function record(id: string, rule: string, field: string): CheckDefinition {
  const everywhere = rule === 'soa' || rule === 'ns';
  return {
    ...{ id, rules: [rule], importance: 'high', needs: ['domains', `domains[].${field}`] },
    subjects: (section: Dns) => (section.domains ?? []).map(({ name }) => name),
    concerns: (node) => hasCoreDns(node) && (everywhere || isOrama(node)),
    ...(rule === 'base-a' ? {} : { fails: true }),
  };
}

/** The checks of `ward inspect` on name server, web server and certificates. */
export const checks: readonly CheckDefinition[] = [
  {
    id: 'dns.coredns_active',
    rules: ['coredns-down'],
    importance: 'critical',
    needs: ['coredns_active'],
    concerns: hasCoreDns,
    fails: true,
  },
  { id: 'dns.caddy_active', rules: ['caddy-down'], importance: 'critical', needs: ['caddy_active'], concerns: hasCaddy },
  { id: 'dns.port_53', rules: ['port-unbound'], subject: '53/udp', importance: 'critical', needs: ['port_53_bound'], concerns: hasCoreDns },
  { id: 'dns.port_80', rules: [plainPort], importance: 'high', concerns: hasCaddy },
  {
    id: 'dns.port_443',
    rules: ['port-unbound'],
    subject: '443/tcp',
    importance: 'critical',
    needs: ['port_443_bound'],
    concerns: hasCaddy,
  },
  { id: 'dns.coredns_memory', rules: [memory], importance: 'medium', concerns: hasCoreDns },
  { id: 'dns.coredns_restarts', rules: [restarts], importance: 'high', concerns: hasCoreDns },
  { id: 'dns.coredns_log_errors', rules: ['log-errors'], importance: 'high', concerns: hasCoreDns },
  { id: 'dns.corefile_exists', rules: [corefile], importance: 'high', concerns: hasCoreDns },
  record('dns.soa_resolves', 'soa', 'soa_resolves'),
  record('dns.ns_resolves', 'ns', 'ns_resolves'),
  record('dns.wildcard_resolves', 'wildcard', 'wildcard_resolves'),
  record('dns.base_a_resolves', 'base-a', 'a_resolves'),
  certificates('dns.tls_base', (name) => !isWildcard(name)),
  certificates('dns.tls_wildcard', isWildcard),
  { id: 'dns.tls_chain', rules: ['certificate-untrusted'], importance: 'medium', needs: ['certificates', 'certificates[].trusted'] },
  ...outside,
  { id: 'dns.all_ns_active', rules: [allActive], importance: 'critical', needs: ['coredns_active'], concerns: hasCoreDns },
  { id: 'dns.zones_agree', rules: ['zones-differ'], importance: 'high', needs: ['domains', 'domains[].soa_serial'], concerns: hasCoreDns },
];
