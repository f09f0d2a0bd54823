import type { Peer, Wireguard } from './section.ts';

/** WireGuard shakes hands about every 2 minutes while anything is sent; after 3 a link in use has failed. */
export const STALE_S = 180;

/** How a peer stands. `idle` is old but nobody sends; `waiting` is a peer that has no address yet and must call first. */
export type Standing = 'fresh' | 'silent' | 'idle' | 'never' | 'waiting' | 'unknown';

/** Silent only where something is sent: by keepalive, or by traffic since the last report. */
export function standing(peer: Peer, { traffic }: Wireguard, stale_s: number = STALE_S): Standing {
  const { never_shook_hands: never, handshake_age_sec: age, keepalive, endpoint } = peer;
  if (never) return endpoint === null && keepalive === null ? 'waiting' : 'never';
  if (age === null) return 'unknown';
  if (age <= stale_s) return 'fresh';
  return keepalive !== null || isSentTo(peer, traffic) ? 'silent' : 'idle';
}

function isSentTo(peer: Peer, traffic: Wireguard['traffic']): boolean {
  return (traffic ?? []).some(({ public_key: key, tx_bytes_per_s: rate }) => key === peer.public_key && rate > 0);
}
