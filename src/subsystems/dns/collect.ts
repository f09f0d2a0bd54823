import { type Answer, type Ask, once, present } from '../../core/ask.ts';
import type { SocketOwner } from '../../core/host.ts';
import { anySign, installed } from '../../core/presence.ts';
import type { Profile } from '../../core/profile.ts';
import { type AskedSection, when } from '../../core/section.ts';
import type { Listener } from '../../core/socket-table.ts';
import { askableAt, listening, onPort } from '../../core/sockets.ts';
import { absent, denied } from '../../core/unknown.ts';
import { certificateFields, daysFor, presentedBy } from './certificates.ts';
import { zonesOf } from '../../core/corefile.ts';
import { domainFields, domainsOf, lookedUp, MOST_DOMAINS, resolves } from './domains.ts';
import { programFields } from './programs.ts';
import type { Dns } from './section.ts';

/** Name server and web server: units, ports, what the name server answers for its domains, and the certificates presented. */
export function collect(ask: Ask, { dns: profile }: Profile): AskedSection<Dns> {
  const coredns = ask.unit(profile.coredns_unit);
  const caddy = ask.unit(profile.caddy_unit);
  const corefile = ask.stat(profile.corefile);
  const clock = ask.clock();
  const log = ask.after(coredns, (unit) => installed(unit) && ask.journal(profile.coredns_unit, 300, 100));
  const sockets = { tcp: listening(ask, 'tcp'), udp: listening(ask, 'udp') };
  const owners = { server: ownersOf(ask, sockets.udp, [53]), web: ownersOf(ask, sockets.tcp, [443, 80]) };
  const zones = ask.read(profile.corefile, zonesOf);
  const every = ask.all([zones], () => domainsOf(profile.domains, zones));
  const names = ask.all([every], () => every().slice(0, MOST_DOMAINS));
  const domains = ask.after(sockets.udp, (udp) => lookedUp(ask, names, askableAt(udp, profile.server)));
  const certificates = ask.after(sockets.tcp, (tcp) => presentedBy(ask, names, askableAt(tcp, profile.https)));

  const now_s = () => clock().unix_ms / 1000;
  const bound = (protocol: 'tcp' | 'udp', port: number) => onPort(sockets[protocol](), port).length > 0;
  const first = once(() => some(domains())[0]);
  const shown = once(() => certificates().flat());
  const base = () => some(shown())[0].name;

  const installs = [() => present(corefile), () => installed(coredns()).load_state !== '', () => installed(caddy()).load_state !== ''];

  return when<Dns>(
    () =>
      anySign(
        [() => bound('udp', 53), () => bound('tcp', 443), () => bound('tcp', 80), ...installs],
        'neither a name server nor a web server',
      ),
    {
      ...programFields(coredns, caddy, log),
      port_53_bound: () => bound('udp', 53),
      port_80_bound: () => bound('tcp', 80),
      port_443_bound: () => bound('tcp', 443),
      server: () => programOf(owners.server()),
      web_server: () => programOf(owners.web()),
      corefile_exists: () => present(corefile),
      soa_resolves: () => resolves(first().soa),
      ns_resolves: () => resolves(first().ns),
      ns_record_count: () => first().ns().length,
      wildcard_resolves: () => resolves(first().wildcard),
      base_a_resolves: () => resolves(first().a),
      base_tls_days_left: () => daysFor(shown(), base(), now_s()),
      wild_tls_days_left: () => daysFor(shown(), `*.${base()}`, now_s()),
      domains: () => some(domains()).map(domainFields),
      domain_count: () => some(every()).length,
      certificates: () => some(shown()).map((each) => certificateFields(each, now_s)),
    },
  );
}

/** Who holds the sockets on the first of these ports on which anything listens. */
function ownersOf(ask: Ask, sockets: Answer<readonly Listener[]>, ports: readonly number[]): Answer<SocketOwner[]> {
  return ask.after(sockets, (all) => {
    const own = ports.map((port) => onPort(all, port)).find((found) => found.length > 0);
    if (own === undefined) throw absent(`nothing listens on port ${ports.join(' or ')}`);
    return ask.owners(own.map(({ inode }) => inode));
  });
}

function programOf([owner]: readonly SocketOwner[]): string {
  if (owner === undefined || owner.program === '') throw denied('the program that listens may not be seen');
  return owner.program;
}

/** The list, or absent where it is empty: no domain is known. */
function some<T>(list: readonly T[]): readonly [T, ...T[]] {
  const [first, ...more] = list;
  if (first === undefined) throw absent('no domain is known');
  return [first, ...more];
}
