import type { Ran } from '../../core/host.ts';
import { denied, failed, type Unknown, unparsed } from '../../core/unknown.ts';

/** An interface as `wg show` lists it, with the facts that we keep: never its private key. */
export interface ShownInterface {
  name: string;
  facts: ReadonlyMap<string, string>;
  peers: readonly ShownPeer[];
}

export interface ShownPeer {
  publicKey: string;
  facts: ReadonlyMap<string, string>;
}

/** Lines of an interface or a peer that are kept; private and preshared keys are not among them. */
const KEPT = new Set(['public key', 'listening port', 'endpoint', 'allowed ips', 'latest handshake', 'persistent keepalive']);

/** 32 bytes in base64, as every WireGuard key is written. */
const KEY = /^[A-Za-z0-9+/]{43}=$/;

/** What `wg show all` prints (wg(8)): blocks that begin with `interface: NAME` or `peer: KEY`, each with indented `name: value`. */
export function shownInterfaces(text: string): ShownInterface[] {
  const found: { name: string; facts: Map<string, string>; peers: { publicKey: string; facts: Map<string, string> }[] }[] = [];
  let facts = new Map<string, string>();
  for (const { indented, name, value, wrong } of linesOf(text)) {
    const last = found.at(-1);
    if (indented && last !== undefined) {
      if (KEPT.has(name)) facts.set(name, value);
      continue;
    }
    facts = new Map();
    if (!indented && name === 'interface') found.push({ name: value, facts, peers: [] });
    else if (!indented && name === 'peer' && last !== undefined) last.peers.push({ publicKey: publicKey(value), facts });
    else throw wrong;
  }
  return found;
}

/** Each line that is not empty as `name: value`, with what to say if it does not belong there. */
function linesOf(text: string): { indented: boolean; name: string; value: string; wrong: Unknown }[] {
  return text.split('\n').flatMap((line, at) => {
    const wrong = unparsed(`line ${at + 1} is none of wg show`);
    if (line.trim() === '') return [];
    const [, indent, name, value] = /^( *)([^:]+): (.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw wrong;
    return [{ indented: indent !== '', name, value, wrong }];
  });
}

/** The named interface in what `wg show all` answered; says why it is not there. */
export function shownInterface({ exit, stdout, stderr }: Ran, name: string): ShownInterface {
  const own = shownInterfaces(stdout).find((each) => each.name === name);
  if (own !== undefined) return own;
  const complaints = stderr.split('\n').filter((line) => line !== '');
  const why = complaints.find((line) => line.startsWith(`Unable to access interface ${name}:`)) ?? complaints[0];
  if (why !== undefined && /permission denied|not permitted/i.test(why)) throw denied(`wg show all: ${why}`);
  throw failed(why === undefined ? `wg show all does not list ${name}` : `wg show all: exit ${exit}, ${why}`);
}

/** The key, if it is one. */
export function publicKey(text: string): string {
  if (KEY.test(text)) return text;
  throw unparsed(`"${text.slice(0, 60)}" is no WireGuard key`);
}

const SECONDS: Readonly<Record<string, number>> = { year: 31_536_000, day: 86_400, hour: 3600, minute: 60, second: 1 };

/** Seconds in words of wg: `Now`, `1 minute, 52 seconds ago`, `2 days, 1 hour ago`. */
export function agoSeconds(text: string): number {
  if (text === 'Now') return 0;
  if (!text.endsWith(' ago')) throw unparsed(`"${text.slice(0, 80)}" is no age of wg show`);
  return text
    .slice(0, -' ago'.length)
    .split(', ')
    .map((part) => {
      const [, count, unit] = /^(\d{1,9}) (year|day|hour|minute|second)s?$/.exec(part) ?? [];
      if (count === undefined || unit === undefined) throw unparsed(`"${text.slice(0, 80)}" is no age of wg show`);
      return Number(count) * (SECONDS[unit] ?? Number.NaN);
    })
    .reduce((sum, seconds) => sum + seconds, 0);
}

/** Bytes that went through one peer of one interface. */
export interface Transfer {
  interface: string;
  public_key: string;
  rx: number;
  tx: number;
}

/** What `wg show all transfer` prints: interface, key, bytes received and sent, separated by tabs. */
export function transfers(text: string): Transfer[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, name, key, rx, tx] = /^([^\t]+)\t([^\t]+)\t(\d{1,20})\t(\d{1,20})$/.exec(line) ?? [];
      if (name === undefined || key === undefined) throw unparsed('a line is none of wg show all transfer');
      return { interface: name, public_key: publicKey(key), rx: Number(rx), tx: Number(tx) };
    });
}
