import { type Place, type Probe, placeText } from '../../core/probe.ts';
import type { Profile } from '../../core/profile.ts';
import type { MeshPeer } from './own-mesh.ts';

/** What this machine may be asked to try: what its own file or its profile names, and what those know of its mesh. */
export interface Permitted {
  places: readonly Place[];
  /** Ports of the profile: those of a peer may be tried. */
  ports: ReadonlySet<number>;
  zones: readonly string[];
}

/** Where a port is named in a URL or not. */
const SCHEME_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** All that the profile, as the node's own file made it, names; `zones` are further ones that the machine serves. */
export function permittedBy(profile: Profile, zones: readonly string[]): Permitted {
  const { network, dns, ollama, rqlite, olric, ipfs, gateway, anyone, checks, probe } = profile;
  const named = [
    ...(network.reach === null ? [] : [network.reach]),
    ...[dns.server, dns.https, ollama.http, rqlite.http, olric.client, olric.memberlist, ipfs.api, ipfs.cluster_api],
    ...[gateway.http, anyone.orport, anyone.socks, anyone.control],
    ...checks.endpoints.flatMap(({ kind, target, server }) => (kind === 'dns' ? [server] : [target])),
    ...probe,
  ];
  const places = named.flatMap((text) => placeIn(text) ?? []);
  const expected = network.ports.flatMap(({ port, proto }) => (proto === 'tcp' ? [port] : []));
  const asked = checks.endpoints.flatMap(({ kind, target }) => (kind === 'dns' ? [target] : []));
  return {
    places,
    ports: new Set([...places.map(({ port }) => port), ...expected, ...network.internal_ports]),
    zones: [...dns.domains, ...zones, ...asked].map((zone) => zone.toLowerCase()),
  };
}

const PLACE = /^(?:(https?:)\/\/)?(?:\[([^\]/]+)\]|([^:/]+))(?::(\d{1,5}))?(?:\/|$)/;

/** `HOST:PORT` or a URL. */
function placeIn(text: string): Place | null {
  const [, scheme = '', v6, bare = '', port] = PLACE.exec(text.toLowerCase()) ?? [];
  const number = Number(port ?? SCHEME_PORTS[scheme]);
  return Number.isNaN(number) ? null : { host: v6 ?? bare, port: number };
}

/** Whether the probe can be judged without looking at the mesh. */
export function needsMesh(probe: Probe, permitted: Permitted): boolean {
  return probe.kind === 'mesh-ping' || !isNamed(probe.place, permitted);
}

/** Why this machine does not try it; null where it may. */
export function refusalOf(probe: Probe, permitted: Permitted, peers: readonly MeshPeer[]): string | null {
  if (probe.kind === 'mesh-ping')
    return probe.address === null || peers.some(({ address }) => address === probe.address)
      ? null
      : `${probe.address} is the mesh address of no peer of this machine`;
  if (!isNamed(probe.place, permitted) && !isOfPeer(probe.place, permitted, peers))
    return `${placeText(probe.place)} is named neither by the node's own file nor by its profile, and is no such port of a peer of its mesh`;
  if (probe.kind === 'dns' && !permitted.zones.includes(probe.zone))
    return `${probe.zone} is neither a zone of this machine nor one of dns.domains in its own file`;
  return null;
}

function isNamed(place: Place, { places }: Permitted): boolean {
  return places.some(({ host, port }) => host === place.host && port === place.port);
}

/** By its address in the mesh, or by the one from which it speaks to us. */
function isOfPeer({ host, port }: Place, { ports }: Permitted, peers: readonly MeshPeer[]): boolean {
  return ports.has(port) && peers.some(({ address, endpoint }) => host === address || host === endpoint);
}
