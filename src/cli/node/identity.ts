import type { Report } from '../../core/report.ts';
import type { NodeSnapshot } from '../../core/snapshot.ts';
import { ageInWords } from '../../core/units.ts';
import { isPlaceToLookFrom } from '../monitor/status.ts';

/** `nameserver, 203.0.113.12, mesh 10.0.0.2, ward 1.4.0`: what is known of who the node is. */
export function identityText(node: NodeSnapshot): string {
  if (isPlaceToLookFrom(node)) return 'this machine, from which ward asks endpoints';
  const { role, host, report } = node;
  const parts = [
    role === 'node' ? '' : role,
    host ?? report?.public_ip ?? '',
    report?.wireguard_ip == null ? '' : `mesh ${report.wireguard_ip}`,
    madeBy(node),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function madeBy({ via, report }: NodeSnapshot): string {
  return report === null ? '' : `${via === 'orama' ? 'orama' : 'ward'} ${report.version}${BY.get(via) ?? ''}`;
}

/** Where no agent is installed. */
const BY: ReadonlyMap<NodeSnapshot['via'], string> = new Map([
  ['sent', ' sent along'],
  ['shell', ' through its shell'],
]);

/** `Debian 12, kernel 6.1.0-28, up 41 days`. */
export function machineText(report: Report | null): string {
  const { os_name, kernel_version, uptime_seconds } = (report?.['system'] ?? {}) as Record<string, unknown>;
  const parts = [
    typeof os_name === 'string' ? os_name.replace(' GNU/Linux', '').replace(/ \([a-z ]+\)$/i, '') : '',
    typeof kernel_version === 'string' ? `kernel ${kernel_version}` : '',
    typeof uptime_seconds === 'number' ? `up ${ageInWords(uptime_seconds)}` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
