import { hasAll, type LabKind } from '../kind.ts';
import { ZONE } from './name-server.ts';

/** Where the host's owner says what the host is. */
export const NODE_FILE = '/etc/wardround/node.yaml';

/** What the owner says: in /etc/wardround/node.yaml. */
export function nodeFile(reach: string, kind: LabKind): string {
  const cluster = hasAll(kind, 'cluster');
  return [
    `profile: ${cluster ? 'orama' : 'default'}`,
    `expect: [wireguard, dns${cluster ? ', rqlite, olric, containers' : ''}]`,
    'units: [shop-api.service, shop-worker.service, coredns.service, caddy.service]',
    `log_units: [shop-api.service, shop-worker.service${cluster ? ', orama-node.service' : ''}]`,
    `dns: {domains: [${ZONE}]}`,
    `network: {reach: "${reach}"}`,
    '',
  ].join('\n');
}
