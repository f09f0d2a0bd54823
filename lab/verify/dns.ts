import { ZONE } from '../host-files/name-server.ts';
import { anything, type Figure, lines, number, says, sorted, word } from './figure.ts';

const DIG = 'dig +short +time=2 +tries=1 @127.0.0.1';
const PRESENTED = `openssl s_client -connect 127.0.0.1:443 -servername ${ZONE} </dev/null | openssl x509 -noout`;

const withoutDot = (output: string) => lines(output.replaceAll(/\.$/gm, ''));

/** Name server, web server and certificate, as dig, ss and openssl tell them. */
export const DNS: readonly Figure[] = [
  { path: 'dns.coredns_active', command: 'systemctl is-active coredns', read: says('active') },
  { path: 'dns.caddy_active', command: 'systemctl is-active caddy', read: says('active') },
  { path: 'dns.coredns_restarts', command: 'systemctl show --value -p NRestarts coredns', read: number },
  { path: 'dns.port_53_bound', command: 'ss -Hlun sport = :53', read: anything },
  { path: 'dns.port_80_bound', command: 'ss -Hltn sport = :80', read: anything },
  { path: 'dns.port_443_bound', command: 'ss -Hltn sport = :443', read: anything },
  { path: 'dns.server', command: 'ss -Hlunp sport = :53 | sed \'s/.*(("\\([^"]*\\)".*/\\1/\'', read: word },
  { path: 'dns.corefile_exists', command: 'test -e /etc/coredns/Corefile && echo yes', read: says('yes') },
  { path: `dns.domains[name=${ZONE}].soa_serial`, command: `${DIG} ${ZONE} SOA | cut -d ' ' -f 3`, read: number },
  { path: `dns.domains[name=${ZONE}].ns`, command: `${DIG} ${ZONE} NS`, read: withoutDot, as: sorted },
  { path: `dns.domains[name=${ZONE}].a`, command: `${DIG} ${ZONE} A`, read: lines, as: sorted },
  { path: `dns.domains[name=${ZONE}].wildcard_resolves`, command: `${DIG} anything-at-all.${ZONE} A`, read: anything },
  { path: 'dns.ns_record_count', command: `${DIG} ${ZONE} NS | wc -l`, read: number },
  { path: `dns.certificates[name=${ZONE}].not_after`, command: `date -d "$(${PRESENTED} -enddate | cut -d = -f 2)" +%s`, read: number },
  { path: `dns.certificates[name=${ZONE}].issuer`, command: `${PRESENTED} -issuer -nameopt RFC2253 | cut -d = -f 2-`, read: word },
  {
    path: 'dns.base_tls_days_left',
    command: `echo $(( ($(date -d "$(${PRESENTED} -enddate | cut -d = -f 2)" +%s) - $(date +%s)) / 86400 ))`,
    read: number,
  },
];
