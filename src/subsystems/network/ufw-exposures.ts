import { covers } from '../../core/ipv4.ts';
import { type ProfileName, PROFILES } from '../../core/profile.ts';

/** A rule that opens internal ports to more than the mesh. */
export interface Exposure {
  rule: string;
  ports: readonly number[];
}

/** Which of these rules open a port beyond the mesh that the profile keeps to it. */
export function exposures(rules: readonly string[], profile: ProfileName): Exposure[] {
  const { network, wireguard } = PROFILES[profile];
  const { internal_ports: internal, mesh } = network;
  if (mesh === null) return [];
  return [...new Set(rules.map(plain))]
    .map((rule) => ({ rule, ports: exposed(rule, internal, mesh, wireguard.interfaces) }))
    .filter(({ ports }) => ports.length > 0);
}

/** Without its number, which moves with every rule above it, without comment and the blanks of a table. */
function plain(rule: string): string {
  return rule
    .replace(/^\[\s*\d+\]\s*/, '')
    .replace(/\s+#.*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The internal ports that a rule opens to more than the mesh; a rule for one address on all ports is its owner's way in. */
function exposed(rule: string, internal: readonly number[], mesh: string, links: readonly string[]): number[] {
  const let_in = admission(rule);
  if (let_in === null || (let_in.link !== null && links.includes(let_in.link))) return [];
  const { ports, from, to } = let_in;
  if (within(from, mesh) || within(to, mesh)) return [];
  if (ports.length === 0) return from === 'Anywhere' && to === 'Anywhere' ? [...internal] : [];
  return internal.filter((port) => ports.some(([first, last]) => port >= first && port <= last));
}

function within(place: string, mesh: string): boolean {
  const [address = '', bits = '32'] = (place.split(/\s/)[0] ?? '').split('/');
  const [, wide = '0'] = mesh.split('/');
  return Number(bits) >= Number(wide) && (covers(mesh, address) || covers('127.0.0.0/8', address) || address === '::1');
}

/** What lets something in, read from the wording of ours or of `ufw status numbered`. */
interface Admission {
  /** Empty admits to every port. */
  ports: readonly (readonly [first: number, last: number])[];
  /** `Anywhere` or an address; the mesh's own interface where one is named. */
  to: string;
  from: string;
  link: string | null;
}

/** To what, whether it is let in, and from where. */
const ADMISSION = /^(?<to>.+?) (?:ALLOW|LIMIT)(?: IN)? (?!OUT\b|FWD\b|IN\b)(?<from>.+)$/;
const LINK = /\son\s+(\S+)/;
const DOOR = /^[\d:,]+(?:\/(?:tcp|udp))?$/;

/** The rule's admission; null for one that refuses, concerns what leaves, or is worded in a way that ward does not know. */
function admission(rule: string): Admission | null {
  const found = ADMISSION.exec(rule)?.groups as Record<'to' | 'from', string> | undefined;
  if (found === undefined) return null;
  const words = bare(found.to).split(/\s+/);
  const doors = words.filter((word) => DOOR.test(word));
  const [to = 'Anywhere'] = words.filter((word) => !DOOR.test(word));
  return {
    ports: doors.flatMap(rangesOf),
    to: to.replace(/\/(tcp|udp)$/, ''),
    from: bare(found.from),
    link: LINK.exec(` ${found.to} ${found.from}`)?.[1] ?? null,
  };
}

/** Without family and interface. */
function bare(place: string): string {
  return place.replace('(v6)', '').replace(LINK, '').trim();
}

function rangesOf(door: string): (readonly [number, number])[] {
  return (door.split('/')[0] ?? '').split(',').map((part) => {
    const [first = '', last = first] = part.split(':');
    return [Number(first), Number(last)] as const;
  });
}
