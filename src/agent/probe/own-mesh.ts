import { collectAll } from '../../core/collect.ts';
import type { Host } from '../../core/host.ts';
import type { Profile } from '../../core/profile.ts';
import { COLLECTORS } from '../../subsystems/collectors.gen.ts';

/** A peer of this machine's WireGuard interfaces. */
export interface MeshPeer {
  public_key: string;
  /** Its own address in the mesh; null where what it may send from is no single address. */
  address: string | null;
  /** The address from which it speaks to us; null before it did. */
  endpoint: string | null;
}

/** The machine's own mesh, or why it is not known. */
export interface OwnMesh {
  peers: MeshPeer[];
  /** Empty where it is known. */
  reason: string;
}

interface Section {
  peers: ShownPeer[] | null;
  interfaces: { peers: ShownPeer[] | null }[] | null;
}

interface ShownPeer {
  public_key: string;
  endpoint: string | null;
  allowed_ips: string;
}

/** The peers of all interfaces, as the report's own collector sees them. */
export async function ownMesh(host: Host, profile: Profile): Promise<OwnMesh> {
  const { wireguard } = COLLECTORS as Record<string, (typeof COLLECTORS)[keyof typeof COLLECTORS]>;
  if (wireguard === undefined) return { peers: [], reason: 'this ward knows no WireGuard' };
  const { sections, unknown } = await collectAll({ wireguard }, host, profile, null);
  const section = sections['wireguard'] as Section | null;
  const why = unknown.find(({ path }) => path === 'wireguard' || path === 'wireguard.peers')?.reason;
  if (section === null || section.peers === null) return { peers: [], reason: why ?? 'its peers are not known' };
  const all = [...section.peers, ...(section.interfaces ?? []).flatMap(({ peers }) => peers ?? [])];
  return { peers: all.map(meshPeer), reason: '' };
}

function meshPeer({ public_key, endpoint, allowed_ips }: ShownPeer): MeshPeer {
  return {
    public_key,
    address: singleAddress(allowed_ips),
    endpoint: /^\[?([^\]]+?)\]?:\d+$/.exec(endpoint ?? '')?.[1]?.toLowerCase() ?? null,
  };
}

/** The first of the allowed networks that is one address. */
function singleAddress(allowed: string): string | null {
  return /(?:^|,)([0-9.]+(?=\/32(?:,|$))|[0-9a-f:]+(?=\/128(?:,|$)))/i.exec(allowed)?.[1]?.toLowerCase() ?? null;
}
