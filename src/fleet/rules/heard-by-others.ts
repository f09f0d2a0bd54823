import { onceFor } from '../../core/once-for.ts';
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
  const heard = (host === null ? [] : (heardAt(nodes).get(host) ?? [])).filter(({ by }) => by !== name);
  if (heard.length === 0) return '';
  const lately = heard.filter(({ age_s }) => age_s <= FRESH_S);
  const told = lately.length > 0 ? lately : heard;
  const who = told.length > NAMED ? many(told.length, 'node') : listed(told.map(({ by }) => by));
  const when = between(told.map(({ age_s }) => age_s));
  return lately.length > 0
    ? `${who} shook hands with it ${when} ago over WireGuard, so it ran then`
    : `${who} last shook hands with it ${when} ago over WireGuard, so it is silent to them too`;
}

/** By the address of each silent node, outside or inside of the mesh, who heard it there, and when: looked for once, however many are silent. */
const heardAt = onceFor((nodes: readonly NodeSnapshot[]): ReadonlyMap<string, readonly Heard[]> => {
  const all = new Map<string, Heard[]>();
  for (const { host, failure } of nodes) if (host !== null && failure !== null) all.set(host, []);
  for (const { name: by, report } of nodes) {
    for (const peer of (report?.['wireguard'] as Wireguard | null | undefined)?.peers ?? []) note(all, by, peer);
  }
  return all;
});

function note(all: ReadonlyMap<string, Heard[]>, by: string, { endpoint, allowed_ips, handshake_age_sec: age_s }: Peer): void {
  if (age_s === null) return;
  const heard = all.get(hostOf(endpoint ?? '')) ?? insideOf(allowed_ips, all);
  heard?.push({ by, age_s });
}

/** Of `HOST:PORT`, an IPv6 address without its brackets. */
function hostOf(endpoint: string): string {
  const host = endpoint.slice(0, Math.max(0, endpoint.lastIndexOf(':')));
  return host.startsWith('[') ? host.slice(1, -1) : host;
}

/** What is known under one of the single addresses among these ranges. */
function insideOf(ranges: string, all: ReadonlyMap<string, Heard[]>): Heard[] | undefined {
  for (const range of ranges.split(',')) {
    const [address = '', bits] = range.trim().split('/');
    if (bits === '32' || bits === '128') {
      const heard = all.get(address);
      if (heard !== undefined) return heard;
    }
  }
  return undefined;
}

/** `40 s`, or `12 to 13 min`. */
function between(ages_s: readonly number[]): string {
  const [least, most] = [Math.min(...ages_s), Math.max(...ages_s)].map(ageInWords) as [string, string];
  if (least === most) return least;
  const unit = / [a-z]+$/.exec(most)?.[0] ?? '';
  return `${least.endsWith(unit) && !least.slice(0, -unit.length).includes(' ') ? least.slice(0, -unit.length) : least} to ${most}`;
}
