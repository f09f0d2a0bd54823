import { readFileSync } from 'node:fs';
import type { OwnNetwork } from '../core/snapshot.ts';

/** Whether this machine itself has a way out, read from the kernel's tables without sending anything: right after others were tried, they are fresh. */
export function ownNetwork(): OwnNetwork {
  return networkFrom(textOf('/proc/net/route'), textOf('/proc/net/arp'));
}

/** As proc_net_route and proc_net_arp have it: addresses in the route table are little-endian hex, flag 0x2 of a neighbour means that it answered. */
export function networkFrom(routes: string | null, neighbours: string | null): OwnNetwork {
  if (routes === null) return { default_route: null, gateway: null, gateway_answers: null };
  const [, hex] = routes
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([, destination, , flags]) => destination === '00000000' && (Number.parseInt(flags ?? '0', 16) & 1) === 1)
    .map((columns) => [columns[0], columns[2]] as const)[0] ?? [null, null];
  if (hex === null || hex === undefined) return { default_route: false, gateway: null, gateway_answers: null };
  const gateway = [6, 4, 2, 0].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join('.');
  const neighbour = neighbours
    ?.split('\n')
    .map((line) => line.split(/\s+/))
    .find(([address]) => address === gateway);
  return {
    default_route: true,
    gateway,
    gateway_answers: neighbour === undefined ? null : (Number.parseInt(neighbour[2] ?? '0', 16) & 2) === 2,
  };
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return null;
  }
}
