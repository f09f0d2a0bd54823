import { unparsed } from '../../core/unknown.ts';

const MARK = '### tuple ###';
const MOST = 1_000;

/**
 * A rule as UFW notes it: action, protocol, port, address, source port, source, names of applications (if any), then direction with interface:
 * `allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in_eth0`. What is forwarded has two interfaces: `route:allow … in_wg0!out_eth0`.
 */
const NOTE =
  /^(?<route>route:)?(?<action>[a-z]+)(?:_log(?:-all)?)? (?<proto>\S+) (?<port>\S+) (?<to>\S+) (?<sourcePort>\S+) (?<from>\S+)(?: \S+ \S+)? (?<way>in|out)(?:_(?<link>[^!\s]+))?(?:!(?:in|out)_(?<far>\S+))?(?: comment=\S*)?$/;

type Note = Record<'action' | 'proto' | 'port' | 'to' | 'sourcePort' | 'from' | 'way', string> &
  Partial<Record<'route' | 'link' | 'far', string>>;

/** The rules that UFW notes in user.rules and user6.rules, worded as `ufw status` does. */
export function ufwRules(text: string): string[] {
  if (!text.includes('### RULES ###')) throw unparsed('no rules of UFW');
  return text
    .split('\n')
    .filter((line) => line.startsWith(MARK))
    .slice(0, MOST)
    .map((line) => worded(line.slice(MARK.length).trim()));
}

function worded(line: string): string {
  const note = NOTE.exec(line)?.groups as Note | undefined;
  if (note === undefined) throw unparsed('a rule of UFW is not as ward knows them');
  const { action, proto, way, link, far } = note;
  const [into, outOf] = way === 'out' ? [far, link] : [link, far];
  const direction = note.route === undefined ? way.toUpperCase() : 'FWD';
  const any = note.port === 'any' && note.sourcePort === 'any' && proto !== 'any' ? `Anywhere/${proto}` : 'Anywhere';
  return [
    place(note.to, door(note.port, proto), any) + on(into),
    action.toUpperCase(),
    direction,
    place(note.from, door(note.sourcePort, proto), 'Anywhere') + on(outOf),
  ].join(' ');
}

/** `22/tcp`, `53`; empty for all ports. */
function door(port: string, proto: string): string {
  if (port === 'any') return '';
  return proto === 'any' ? port : `${port}/${proto}`;
}

/** `Anywhere`, `22/tcp`, `10.0.0.1 80,443/tcp`, `6001 (v6)`; `any` is said of all addresses and ports. */
function place(address: string, ports: string, any: string): string {
  if (address === '0.0.0.0/0') return ports || any;
  if (address === '::/0') return `${ports || any} (v6)`;
  return ports === '' ? address : `${address} ${ports}`;
}

function on(link: string | undefined): string {
  return link === undefined ? '' : ` on ${link}`;
}
