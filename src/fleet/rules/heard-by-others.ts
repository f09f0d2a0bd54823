import type { NodeSnapshot } from '../../core/snapshot.ts';
import { ageInWords, listed, many } from '../../core/units.ts';
import type { Peer, Wireguard } from '../../subsystems/wireguard/section.ts';

/** An interface with traffic shakes hands anew at least this often, in seconds. */
const FRESH_S = 180;
/** More names are told as a count. */
const NAMED = 4;

interface Heard {
  by: string;
  age_s: number;
}

/**
 * When others of its mesh last shook hands with a node that does not answer us, in words: that tells a machine that is gone from one that only we do not
 * reach. Empty where nobody knows it.
 */
export function heardByOthers({ name, host }: NodeSnapshot, nodes: readonly NodeSnapshot[]): string {
  if (host === null) return '';
  const heard = nodes.flatMap((each): Heard[] => {
    const peer = each.name === name ? undefined : peersOf(each).find((of) => isAt(of, host));
    return peer?.handshake_age_sec == null ? [] : [{ by: each.name, age_s: peer.handshake_age_sec }];
  });
  if (heard.length === 0) return '';
  const lately = heard.filter(({ age_s }) => age_s <= FRESH_S);
  const told = lately.length > 0 ? lately : heard;
  const who = told.length > NAMED ? many(told.length, 'node') : listed(told.map(({ by }) => by));
  const when = between(told.map(({ age_s }) => age_s));
  return lately.length > 0
    ? `${who} shook hands with it ${when} ago over WireGuard, so it ran then`
    : `${who} last shook hands with it ${when} ago over WireGuard, so it is silent to them too`;
}

function peersOf({ report }: NodeSnapshot): readonly Peer[] {
  return (report?.['wireguard'] as Wireguard | null | undefined)?.peers ?? [];
}

/** Whether the peer is the machine at this address, outside or inside of the mesh. */
function isAt({ endpoint, allowed_ips }: Peer, host: string): boolean {
  const outside = endpoint?.replace(/:\d+$/, '').replaceAll(/[[\]]/g, '');
  return outside === host || allowed_ips.split(',').some((range) => range.trim().replace(/\/(?:32|128)$/, '') === host);
}

/** `40 s`, or `12 to 13 min`. */
function between(ages_s: readonly number[]): string {
  const [least, most] = [Math.min(...ages_s), Math.max(...ages_s)].map(ageInWords) as [string, string];
  if (least === most) return least;
  const unit = / [a-z]+$/.exec(most)?.[0] ?? '';
  return `${least.endsWith(unit) && !least.slice(0, -unit.length).includes(' ') ? least.slice(0, -unit.length) : least} to ${most}`;
}
