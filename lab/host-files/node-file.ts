import { ZONE } from './name-server.ts';

/** Where the host's owner says what the host is. */
export const NODE_FILE = '/etc/wardround/node.yaml';

/** What the owner says: in /etc/wardround/node.yaml. */
export function nodeFile(reach: string): string {
  return [
    'profile: default',
    'expect: [wireguard, dns]',
    'units: [shop-api.service, shop-worker.service, coredns.service, caddy.service]',
    'log_units: [shop-api.service, shop-worker.service]',
    `dns: {domains: [${ZONE}]}`,
    `network: {reach: "${reach}"}`,
    '',
  ].join('\n');
}
