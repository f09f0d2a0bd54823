import type { LabHost } from '../state.ts';
import type { Put } from './put.ts';
import { unitText } from './unit-text.ts';

/** The zone that the lab's name servers serve. */
export const ZONE = 'lab.test';

/** CoreDNS for the lab's zone; the same on every host, so that their serials agree. */
export function writeNameServer(hosts: readonly LabHost[], put: Put): void {
  put('/etc/coredns/Corefile', COREFILE);
  put(`/etc/coredns/${ZONE}.zone`, zoneText(hosts));
  put('/etc/systemd/system/coredns.service', unitText('CoreDNS', '/usr/local/bin/coredns -conf /etc/coredns/Corefile'));
  put('/etc/resolv.conf', 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n');
}

const COREFILE = `${ZONE}:53 {
  file /etc/coredns/${ZONE}.zone
  errors
  log
  health 127.0.0.1:8053
  ready 127.0.0.1:8181
  prometheus 127.0.0.1:9153
}
`;

function zoneText(hosts: readonly LabHost[]): string {
  const first = hosts[0]?.name ?? 'ns1';
  return [
    ...[`$ORIGIN ${ZONE}.`, '$TTL 60', `@ IN SOA ${first}.${ZONE}. admin.${ZONE}. 2026010100 7200 3600 1209600 60`],
    ...hosts.map(({ name }) => `@ IN NS ${name}.${ZONE}.`),
    ...hosts.flatMap(({ name, address }) => [`${name} IN A ${address}`, `@ IN A ${address}`, `* IN A ${address}`]),
    '',
  ].join('\n');
}
