import { covers } from '../../core/ipv4.ts';
import { unparsed } from '../../core/unknown.ts';

const MARK = '### tuple ###';
const MOST = 1_000;

/**
 * The rules that UFW notes in user.rules and user6.rules, worded as `ufw status` does. A note is action, protocol, port, address, source port,
 * source, names of applications (if any), and direction with interface: `allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in_eth0`.
 */
export function ufwRules(text: string): string[] {
  if (!text.includes('### RULES ###')) throw unparsed('no rules of UFW');
  return text
    .split('\n')
    .filter((line) => line.startsWith(MARK))
    .slice(0, MOST)
    .map((line) => worded(line.slice(MARK.length).trim().split(/\s+/).filter((word) => !word.startsWith('comment='))));
}

function worded(words: readonly string[]): string {
  const [action = '', proto = '', port = '', to = '', sourcePort = '', from = ''] = words;
  const way = words.length === 7 || words.length === 9 ? /^(in|out)(?:_([^!\s]+))?(?:!(?:in|out)_(\S+))?$/.exec(words.at(-1) ?? '') : null;
  const [, kind, done] = /^(route:)?([a-z]+)(?:_log(?:-all)?)?$/.exec(action) ?? [];
  if (way === null || done === undefined) throw unparsed('a rule of UFW is not as ward knows them');
  const direction = kind === undefined ? (way[1] === 'out' ? 'OUT' : 'IN') : 'FWD';
  const [into, outOf] = way[1] === 'out' ? [way[3], way[2]] : [way[2], way[3]];
  return [place(to, port, proto, into), done.toUpperCase(), direction, place(from, sourcePort, proto, outOf)].join(' ');
}

/** `Anywhere`, `22/tcp`, `10.0.0.1 80,443/tcp`, `6001 (v6)`, `Anywhere on wg0`. */
function place(address: string, port: string, proto: string, link: string | undefined): string {
  const every = address === '0.0.0.0/0' || address === '::/0';
  const door = port === 'any' ? (proto === 'any' || every ? '' : proto) : `${port}${proto === 'any' ? '' : `/${proto}`}`;
  const where = [...(every ? [] : [address]), ...(door === '' ? [] : [door])].join(' ') || 'Anywhere';
  return `${where}${address === '::/0' ? ' (v6)' : ''}${link === undefined ? '' : ` on ${link}`}`;
}

/** What lets something in, read from the wording of ours or of `ufw status numbered`. */
export interface Admission {
  /** Empty admits to every port. */
  ports: readonly (readonly [first: number, last: number])[];
  /** `Anywhere` or an address; the mesh's own interface where one is named. */
  to: string;
  from: string;
  link: string | null;
}

/** The rule's admission; null for one that refuses, limits what leaves, or is worded in a way that ward does not know. */
export function admission(rule: string): Admission | null {
  const [, to, from] = /^(?:\[\s*\d+\]\s*)?(.+?)\s+(?:ALLOW|LIMIT)(?:\s+IN)?\s+(?!OUT\b|FWD\b|IN\b)(.+?)(?:\s+#.*)?$/.exec(rule) ?? [];
  if (to === undefined || from === undefined) return null;
  const words = to.replace('(v6)', '').replace(/\s+on\s+\S+/, '').trim().split(/\s+/);
  const door = words.at(-1) ?? '';
  const ports = /^[\d:,]+(?:\/(?:tcp|udp))?$/.test(door) ? rangesOf(door) : [];
  const link = /\son\s+(\S+)/.exec(` ${to} ${from}`)?.[1] ?? null;
  return { ports, to: ports.length > 0 && words.length === 1 ? 'Anywhere' : (words[0] ?? ''), from: from.replace('(v6)', '').replace(/\s+on\s+\S+/, '').trim(), link };
}

function rangesOf(door: string): (readonly [number, number])[] {
  return (door.split('/')[0] ?? '').split(',').map((part) => {
    const [first = '', last = first] = part.split(':');
    return [Number(first), Number(last)] as const;
  });
}

/** The internal ports that a rule opens to more than the mesh; a rule for one address on all ports is its owner's way in. */
export function exposed(rule: string, internal: readonly number[], mesh: string, links: readonly string[]): number[] {
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
