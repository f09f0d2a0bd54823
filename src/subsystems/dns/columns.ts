import type { NodeSection } from '../../core/rule.ts';
import type { Columns } from '../../core/subsystem.ts';
import { listed, many } from '../../core/units.ts';
import { ABSENT, type Block, type Cell, type Column, type Role, shown, type Table, UNKNOWN } from '../../core/view.ts';
import { expirySeverity } from './expiry.ts';
import type { Dns, Domain } from './section.ts';

/** How name and web servers show. */
export const columns: Columns<Dns> = {
  summary,
  page: ({ section }) => page(section),
  fleet: (fleet) => (fleet.length === 0 ? [] : [table(fleet)]),
};

const RECORDS = [
  ['SOA', 'soa_resolves', true],
  ['NS', 'ns_resolves', true],
  ['A', 'base_a_resolves', false],
  ['wildcard', 'wildcard_resolves', false],
] as const;

/** `CoreDNS and Caddy answer, all 4 record kinds resolve, TLS 74 days left`. */
function summary(at: NodeSection<Dns>): Cell {
  const { section } = at;
  const troubles = troublesOf(at);
  const days = fewestDays(section);
  const resolve = RECORDS.every(([, field]) => section[field] === true) ? ['all 4 record kinds resolve'] : [];
  const left = days === null ? [] : [days < 0 ? 'TLS expired' : `TLS ${many(days, 'day')} left`];
  return { text: [...troubles, ...(troubles.length === 0 ? [running(section), ...resolve] : []), ...left].join(', '), role: roleOf(at) };
}

/** What is wrong, worst first. An address and a wildcard are expected in profile orama only. */
function troublesOf({ section, node }: NodeSection<Dns>): string[] {
  const down = downOf(section);
  const missing = RECORDS.filter(([, field, everywhere]) => section[field] === false && (everywhere || node.profile === 'orama')).map(
    ([name]) => name,
  );
  return [
    ...(down.length === 0 ? [] : [`${listed(down)} ${down.length === 1 ? 'is' : 'are'} down`]),
    ...(section.coredns_active === true && section.port_53_bound === false ? ['CoreDNS runs but port 53 is not bound'] : []),
    ...(section.caddy_active === true && isWebMute(section) ? ['Caddy runs but ports 80 and 443 are not bound'] : []),
    ...(missing.length === 0 ? [] : [`${listed(missing)} ${missing.length === 1 ? 'does' : 'do'} not resolve`]),
  ];
}

function downOf({ coredns_active, coredns_enabled, caddy_active, caddy_enabled }: Dns): string[] {
  return [
    ...(coredns_active === false && coredns_enabled !== false ? ['CoreDNS'] : []),
    ...(caddy_active === false && caddy_enabled !== false ? ['Caddy'] : []),
  ];
}

function isWebMute({ port_80_bound, port_443_bound }: Dns): boolean {
  return port_80_bound === false && port_443_bound === false;
}

function roleOf(at: NodeSection<Dns>): Role {
  const ends = (at.section.certificates ?? []).map((each) => expirySeverity(each));
  const troubles = troublesOf(at);
  if (ends.includes('critical') || troubles.some((trouble) => !trouble.endsWith('resolve'))) return 'crit';
  return ends.includes('warning') || troubles.length > 0 ? 'warn' : 'plain';
}

function running({ coredns_active, caddy_active, server, web_server }: Dns): string {
  const programs = [coredns_active === true ? 'CoreDNS' : server, caddy_active === true ? 'Caddy' : web_server].filter(
    (name) => name !== null,
  );
  if (programs.length === 0) return 'Nothing listens';
  return `${listed(programs)} ${programs.length === 1 ? 'answers' : 'answer'}`;
}

/** Of the certificates that could be checked, the one that ends first. */
function fewestDays({ certificates }: Dns): number | null {
  const days = (certificates ?? []).flatMap(({ days_left }) => days_left ?? []);
  return days.length === 0 ? null : Math.min(...days);
}

const DNS_COLUMNS: readonly Column[] = [
  { title: 'DNS', min: 8, max: 24, priority: 1 },
  { title: 'STATUS', min: 13, priority: 1 },
  { title: 'COREDNS', min: 8, priority: 2 },
  { title: 'CADDY', min: 8, priority: 2 },
  { title: 'PORTS', min: 9, priority: 3 },
  { title: 'SOA', min: 4, priority: 3 },
  { title: 'NS', min: 3, align: 'right', priority: 3 },
  { title: 'A', min: 4, priority: 4 },
  { title: 'WILDCARD', min: 8, priority: 4 },
  { title: 'TLS', min: 5, align: 'right', priority: 1 },
  { title: 'ERRORS', min: 6, align: 'right', priority: 6 },
  { title: 'MEM', min: 5, align: 'right', priority: 7 },
];

function table(fleet: readonly NodeSection<Dns>[]): Table {
  const rows = fleet.map((at) => ({ cells: cellsOf(at) }));
  return { kind: 'table', columns: DNS_COLUMNS, count: String(rows.length), rows, note: '' };
}

function cellsOf(at: NodeSection<Dns>): Cell[] {
  const { node, section } = at;
  return [
    node.name,
    statusCell(at),
    programCell(section.coredns_active, section.coredns_enabled, section.server),
    programCell(section.caddy_active, section.caddy_enabled, section.web_server),
    portsCell(section),
    answerCell(section, section.soa_resolves),
    section.ns_record_count === null ? answerCell(section, section.ns_resolves) : String(section.ns_record_count),
    answerCell(section, section.base_a_resolves),
    answerCell(section, section.wildcard_resolves),
    tlsCell(section),
    section.log_errors_5m === null ? unread(section.coredns_active !== null) : String(section.log_errors_5m),
    section.coredns_mem_mb === null ? unread(section.coredns_active === true) : `${section.coredns_mem_mb}M`,
  ];
}

/** Null where something was to be read, or where there is nothing to read. */
function unread(expected: boolean): Cell {
  return expected ? UNKNOWN : ABSENT;
}

function statusCell(at: NodeSection<Dns>): Cell {
  const { port_53_bound: dns, port_80_bound: http, port_443_bound: https } = at.section;
  const role = roleOf(at);
  const [trouble = ''] = troublesOf(at);
  if (role === 'crit') return { text: trouble.includes('down') ? '✗ down' : '✗ critical', role };
  if (role === 'warn') return { text: trouble === '' ? '! warning' : '! partial', role };
  if ([dns, http, https].includes(true)) return { text: '✓ answers', role: 'ok' };
  return dns === null || https === null ? { text: '? unknown', role: 'muted' } : { text: '· off', role: 'muted' };
}

/** Another program in its place is named. */
function programCell(active: boolean | null, enabled: boolean | null, program: string | null): Cell {
  if (active === null) return program ?? ABSENT;
  if (active) return { text: 'active', role: 'ok' };
  return enabled === false ? { text: 'off', role: 'muted' } : { text: 'down', role: 'hot-crit' };
}

function portsCell({ port_53_bound: dns, port_80_bound: http, port_443_bound: https }: Dns): Cell {
  if (dns === null && http === null) return UNKNOWN;
  return [...(dns ? ['53'] : []), ...(http ? ['80'] : []), ...(https ? ['443'] : [])].join(' ') || ABSENT;
}

function answerCell({ port_53_bound }: Dns, resolves: boolean | null): Cell {
  if (resolves === null) return unread(port_53_bound !== false);
  return resolves ? { text: 'ok', role: 'ok' } : { text: 'no', role: 'hot-warn' };
}

function tlsCell(section: Dns): Cell {
  const days = fewestDays(section);
  if (days === null) return unread(section.port_443_bound !== false);
  const ends = (section.certificates ?? []).map((each) => expirySeverity(each));
  const role = ends.includes('critical') ? 'hot-crit' : ends.includes('warning') ? 'hot-warn' : 'plain';
  return { text: `${days}d`, role };
}

function page(section: Dns): Block[] {
  const { port_53_bound, port_80_bound, port_443_bound, server, web_server, domains, certificates } = section;
  const bound = (name: string, is: boolean | null) => `${name} ${is === null ? '?' : is ? 'bound' : 'free'}`;
  return [
    {
      kind: 'fact',
      label: 'Ports',
      value: [bound('53', port_53_bound), bound('80', port_80_bound), bound('443', port_443_bound)].join(', '),
    },
    { kind: 'fact', label: 'Programs', value: listed([...new Set([server, web_server].filter((name) => name !== null))]) || ABSENT },
    ...(domains ?? []).map((domain): Block => ({ kind: 'fact', label: domain.name, value: domainText(domain) })),
    ...(certificates ?? []).map(
      (each): Block => ({
        kind: 'fact',
        label: `TLS ${each.name}`,
        value: shown(
          each.days_left,
          (days) =>
            `${many(days, 'day')} left, issued by ${each.issuer ?? '?'}${each.trusted === false ? `, not trusted: ${each.distrust ?? '?'}` : ''}`,
        ),
      }),
    ),
  ];
}

function domainText({ soa_serial, ns, a, wildcard_resolves }: Domain): string {
  const wildcard = wildcard_resolves === null ? '?' : wildcard_resolves ? 'answers' : 'none';
  return `serial ${soa_serial ?? '?'}, name servers ${ns === null ? '?' : listed(ns) || 'none'}, addresses ${a === null ? '?' : listed(a) || 'none'}, wildcard ${wildcard}`;
}
