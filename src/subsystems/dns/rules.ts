import { onNode } from '../../core/command.ts';
import { CLUSTER, type Context, type Found, fleetRule, type NodeSection, type Rule, rule } from '../../core/rule.ts';
import { listed } from '../../core/units.ts';
import { certificateRules } from './certificate-rules.ts';
import type { Dns, Domain } from './section.ts';

const corednsDown = rule<Dns>()({
  name: 'coredns-down',
  severity: 'warning',
  about: 'The name server is enabled here, or expected on this role, and does not run. Critical on a name server of profile orama.',
  source: 'Orama',
  levels: {},
  needs: [],
  find: (section, _levels, context) => down('coredns', 'CoreDNS', section, context),
});

const caddyDown = rule<Dns>()({
  name: 'caddy-down',
  severity: 'warning',
  about: 'Caddy is enabled here, or expected on this role, and does not run. Critical on a name server of profile orama.',
  source: 'Orama',
  levels: {},
  needs: [],
  find: (section, _levels, context) => down('caddy', 'Caddy', section, context),
});

/** A program that nobody enabled and nobody expects may rest. */
function down(unit: 'coredns' | 'caddy', name: string, section: Dns, context: Context): Found[] {
  const expected = isNameServer(context);
  const runs = [section.server, section.web_server].includes(unit);
  const installed = runs || !context.node.report?.unknown.some(({ path, kind }) => path === `dns.${unit}_active` && kind === 'absent');
  const active = section[`${unit}_active`];
  const wanted = expected || section[`${unit}_enabled`] === true;
  if (!wanted || (active !== false && installed)) return [];
  return [
    {
      subject: unit,
      ...(expected ? { severity: 'critical' as const } : {}),
      message: installed ? `${name} is down` : `${name} is not installed on this name server`,
      evidence: { asked: `unit ${unit}`, answered: installed ? 'not active' : 'not found', limit: 'active' },
      next: onNode`journalctl -u ${unit} -n 50`,
    },
  ];
}

function isNameServer({ node: { profile, role } }: Context): boolean {
  return profile === 'orama' && role.startsWith('nameserver');
}

const portUnbound = rule<Dns>()({
  name: 'port-unbound',
  severity: 'critical',
  about: 'CoreDNS runs but nothing listens on UDP port 53, or Caddy runs but nothing listens on its ports.',
  source: "Orama's inspector",
  levels: {},
  needs: [],
  find: (section, _levels, context) => [
    ...(section.coredns_active === true && section.port_53_bound === false ? [unbound('CoreDNS', '53/udp')] : []),
    ...(section.caddy_active === true && isCaddyMute(section, context) ? [unbound('Caddy', '443/tcp')] : []),
  ],
});

/** Outside profile orama, Caddy may well serve plain HTTP only. */
function isCaddyMute({ port_443_bound: https, port_80_bound: http }: Dns, { node }: Context): boolean {
  return https === false && (node.profile === 'orama' || http === false);
}

function unbound(program: string, port: string): Found {
  return {
    subject: port,
    message: `${program} runs, but nothing listens on port ${port}`,
    evidence: { asked: port.endsWith('udp') ? '/proc/net/udp' : '/proc/net/tcp', answered: `port ${port} is not bound`, limit: '' },
    next: onNode`journalctl -u ${program.toLowerCase()} -n 50`,
  };
}

type RecordKind = 'soa' | 'ns' | 'a' | 'wildcard';

const RECORDS: { readonly [K in RecordKind]: { name: string; type: string; says: string; about: string } } = {
  soa: { name: 'soa', type: 'SOA', says: 'has no SOA record', about: 'The name server does not answer for a domain of its own.' },
  ns: { name: 'ns', type: 'NS', says: 'names no name server', about: 'A domain names no name server.' },
  wildcard: {
    name: 'wildcard',
    type: 'A',
    says: 'answers for no other name under it',
    about: 'In profile orama, names under the domain do not resolve.',
  },
  a: { name: 'base-a', type: 'A', says: 'has no address itself', about: 'In profile orama, the domain itself does not resolve.' },
};

/** Where a domain has no SOA record, the rest follows from that. */
function recordRule(record: RecordKind): Rule {
  const { name, type, says, about } = RECORDS[record];
  const everywhere = record === 'soa' || record === 'ns';
  return rule<Dns>()({
    name,
    severity: 'warning',
    about,
    source: 'Orama',
    levels: {},
    needs: ['domains'],
    find: ({ domains }, _levels, { node }) =>
      domains
        .filter((domain) => domain[`${record}_resolves`] === false && (everywhere || node.profile === 'orama'))
        .map((domain) => {
          const asked = record === 'wildcard' ? `ward-check.${domain.name}` : domain.name;
          return {
            subject: domain.name,
            message: `${domain.name} ${says}: its own name server gave none`,
            evidence: { asked: `lookup ${asked} ${type}`, answered: 'no record', limit: 'at least 1' },
            next: onNode`dig @127.0.0.1 ${asked} ${type}`,
            ...(record === 'soa' ? {} : { follows: { rule: 'dns/soa', subject: domain.name } }),
          };
        }),
  });
}

const logErrors = rule<Dns>()({
  name: 'log-errors',
  severity: 'warning',
  about: 'CoreDNS wrote many error lines within 5 minutes.',
  source: 'our own',
  levels: { errors: 20 },
  needs: ['log_errors_5m'],
  find: ({ log_errors_5m: found }, { errors }) =>
    found <= errors
      ? []
      : [
          {
            subject: 'coredns',
            message: `CoreDNS wrote ${found} error lines in 5 min (limit ${errors})`,
            evidence: {
              asked: 'the last 100 lines of its journal, 5 min',
              answered: `${found} lines begin with [ERROR]`,
              limit: String(errors),
            },
            next: onNode`journalctl -u coredns --since -5min`,
          },
        ],
});

/** A serial this near to the clock is made on the spot by the name server, and so differs on each. */
const FRESH_SERIAL_S = 600;

const zonesDiffer = fleetRule<Dns>()({
  name: 'zones-differ',
  severity: 'warning',
  about: 'Name servers have different versions of one zone, so answers depend on whom one asks.',
  source: 'our own',
  levels: {},
  compare: (fleet) => {
    const held = fleet.flatMap(({ node, section }) => (section.domains ?? []).flatMap((domain) => versionOf(node, domain)));
    return [...Map.groupBy(held, ({ zone }) => zone)]
      .filter(([, versions]) => new Set(versions.map(({ serial }) => serial)).size > 1)
      .map(([zone, versions]) => {
        const told = listed(versions.map(({ node, serial }) => `${serial} on ${node}`));
        return {
          node: CLUSTER,
          subject: zone,
          message: `Name servers differ about ${zone}: its serial is ${told}`,
          evidence: { asked: `lookup ${zone} SOA on each`, answered: told, limit: 'one serial' },
          next: onNode`dig @127.0.0.1 ${zone} SOA`,
        };
      });
  },
});

function versionOf(node: NodeSection<Dns>['node'], { name, soa_serial: serial }: Domain): { node: string; zone: string; serial: number }[] {
  if (serial === null || Math.abs(serial - node.answered_at_ms / 1000) < FRESH_SERIAL_S) return [];
  return [{ node: node.name, zone: name, serial }];
}

/** What may be wrong with name server, web server and certificates. */
export const rules: readonly Rule[] = [
  corednsDown,
  caddyDown,
  portUnbound,
  ...(['soa', 'ns', 'wildcard', 'a'] as const).map(recordRule),
  ...certificateRules,
  logErrors,
  zonesDiffer,
];
