import type { Endpoint } from '../../core/profile.ts';
import type { Asked } from './ask-endpoint.ts';
import { claimIn } from './claim.ts';
import type { Claim } from './section.ts';

/** Whether what came back is what the check wants; throws the Unknown of what did not come. */
export function isAsWanted({ endpoint, http, tcp, dns, tls }: Asked): boolean {
  const { kind, status: wanted, contains } = endpoint;
  if (http !== null) {
    const { status, body } = http();
    // A bad status with a valid body is data: what the body says decides.
    if (kind === 'health') return isWell(claimIn(body));
    return (wanted === null ? status >= 200 && status < 400 : status === wanted) && body.includes(contains);
  }
  if (dns !== null) return contains === '' || dns().includes(contains);
  if (tls !== null) return tls().trusted;
  return tcp?.() !== undefined;
}

/** What came back, in short. */
export function answerOf({ http, tcp, dns, tls }: Asked): string {
  if (http !== null) return `status ${http().status}`;
  if (dns !== null) return dns().slice(0, 5).join(', ');
  if (tls !== null) return tls().trusted ? 'a trusted certificate' : `a certificate that is not trusted (${tls().distrust})`;
  tcp?.();
  return 'connected';
}

/** What the check wants, in words. */
export function expectedOf({ kind, status, contains }: Endpoint): string {
  if (kind === 'health') return 'a status and services that are well';
  if (kind === 'http') return `status ${status ?? '200 to 399'}${contains === '' ? '' : ` with "${contains}" in its body`}`;
  if (kind === 'dns') return contains === '' ? 'any record' : contains;
  return kind === 'tls' ? 'a trusted certificate' : 'connected';
}

function isWell({ status, services }: Claim): boolean {
  return !isBad(status) && !services.some((each) => isBad(each.status));
}

/** Words of either shape for what does not work. */
export function isBad(status: string): boolean {
  return ['unhealthy', 'critical', 'failed', 'exited', 'error', 'down', 'degraded'].includes(status.toLowerCase());
}
