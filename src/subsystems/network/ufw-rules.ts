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
    .map((line) =>
      worded(
        line
          .slice(MARK.length)
          .trim()
          .split(/\s+/)
          .filter((word) => !word.startsWith('comment=')),
      ),
    );
}

function worded(words: readonly string[]): string {
  const [action = '', proto = '', port = '', to = '', sourcePort = '', from = ''] = words;
  const way = words.length === 7 || words.length === 9 ? /^(in|out)(?:_([^!\s]+))?(?:!(?:in|out)_(\S+))?$/.exec(words.at(-1) ?? '') : null;
  const [, kind, done] = /^(route:)?([a-z]+)(?:_log(?:-all)?)?$/.exec(action) ?? [];
  if (way === null || done === undefined) throw unparsed('a rule of UFW is not as ward knows them');
  const direction = kind === undefined ? (way[1] === 'out' ? 'OUT' : 'IN') : 'FWD';
  const [into, outOf] = way[1] === 'out' ? [way[3], way[2]] : [way[2], way[3]];
  const any = port === 'any' && sourcePort === 'any' && proto !== 'any' ? `/${proto}` : '';
  return [place(to, port, proto, into, any), done.toUpperCase(), direction, place(from, sourcePort, proto, outOf)].join(' ');
}

/** `Anywhere`, `22/tcp`, `10.0.0.1 80,443/tcp`, `6001 (v6)`, `Anywhere on wg0`, `Anywhere/tcp`. */
function place(address: string, port: string, proto: string, link: string | undefined, any = ''): string {
  const every = address === '0.0.0.0/0' || address === '::/0';
  const door = port === 'any' ? '' : `${port}${proto === 'any' ? '' : `/${proto}`}`;
  const where = [...(every ? [] : [address]), ...(door === '' ? [] : [door])].join(' ') || 'Anywhere';
  return `${where}${any}${address === '::/0' ? ' (v6)' : ''}${link === undefined ? '' : ` on ${link}`}`;
}
