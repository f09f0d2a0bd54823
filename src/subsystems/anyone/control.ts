import { type Answer, type Ask, orNull, present } from '../../core/ask.ts';
import { absent, denied, failed, unparsed } from '../../core/unknown.ts';

/** What is asked on the control port (control-spec, 3.9 and 3.10). */
const QUESTIONS = 'GETINFO version status/bootstrap-phase status/circuit-established\r\nQUIT\r\n';
const END = '250 closing connection\r\n';

/** Answers of the control port by their keys, such as `version`. */
export type Told = ReadonlyMap<string, string>;

/** Asks the program itself over its control port. Its cookie goes only to a socket of the user who owns the cookie, or of root. */
export function askControl(ask: Ask, place: Answer<string>, cookie: string): Answer<Told> {
  const secret = ask.after(place, () => ask.stat(cookie));
  const holder = ask.after(place, (to) => ask.read('/proc/net/tcp', (text) => uidAt(text, to)));
  const greeting = ask.all([secret, holder], () => {
    if (!present(secret)) return 'AUTHENTICATE';
    if (holder() !== 0 && holder() !== secret().uid) throw denied('another user than the owner of its cookie listens on the control port');
    return `AUTHENTICATE {hex of ${cookie}}`;
  });
  const answer = ask.after(greeting, (words) => ask.exchange(place(), `${words}\r\n${QUESTIONS}`, END));
  return ask.all([answer], () => toldIn(answer()));
}

/** The user of the socket that listens at this place (proc_net(5)); addresses there are in the byte order of the machine. */
function uidAt(table: string, to: string): number {
  const at = to.lastIndexOf(':');
  const port = Number(to.slice(at + 1))
    .toString(16)
    .toUpperCase()
    .padStart(4, '0');
  const address = to
    .slice(0, at)
    .split('.')
    .reverse()
    .map((part) => Number(part).toString(16).toUpperCase().padStart(2, '0'))
    .join('');
  const lines = table.split('\n').map((line) => line.trim().split(/\s+/));
  const own = [address, '00000000']
    .map((each) => lines.find((words) => words[1] === `${each}:${port}` && words[3] === '0A'))
    .find((words) => words !== undefined);
  if (own === undefined) throw failed('the socket of the control port is not in the table');
  return Number(own[7]);
}

/** Lines `250-KEY=VALUE` after the one that lets in. */
export function toldIn(text: string): Told {
  const lines = text.split('\r\n');
  if (!lines[0]?.startsWith('250 '))
    throw lines[0]?.startsWith('515') ? denied('it does not let ward in') : unparsed('what answers there is no control port');
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const [, key, value] = /^250-([a-z/-]{1,60})=(.*)$/.exec(line) ?? [];
      return key === undefined || value === undefined ? [] : [[key, value]];
    }),
  );
}

/** One answer; absent where the program does not know the key. */
export function toldOf(told: Told, key: string): string {
  const value = told.get(key);
  if (value === undefined) throw absent(`it does not tell ${key}`);
  return value;
}

/** How far it is with joining its network. */
export interface Bootstrap {
  pct: number;
  summary: string;
  warning: string;
  source: 'control' | 'log';
}

/** `NOTICE BOOTSTRAP PROGRESS=100 TAG=done SUMMARY="Done"`, on trouble with `WARNING="…"`. */
export function bootstrapOf(phase: string): Bootstrap {
  const pct = /\bPROGRESS=(\d{1,3})\b/.exec(phase)?.[1];
  if (pct === undefined || Number(pct) > 100) throw unparsed('the phase of its start has no progress');
  const quoted = (name: string) => (new RegExp(`\\b${name}="((?:[^"\\\\]|\\\\.){0,200})`).exec(phase)?.[1] ?? '').replace(/\\(.)/g, '$1');
  return { pct: Number(pct), summary: quoted('SUMMARY'), warning: quoted('WARNING'), source: 'control' };
}

/** The last line `Bootstrapped 95% (circuit_create): Establishing a circuit` of its log. A log that was turned over has none. */
export function bootstrapIn(log: string): Bootstrap {
  const last = log.lastIndexOf('Bootstrapped ');
  const [, pct, summary = ''] =
    /^Bootstrapped (\d{1,3})%(?: \([a-z_]{1,40}\))?:? ?(.{0,200})/.exec(last === -1 ? '' : log.slice(last, last + 300)) ?? [];
  if (pct === undefined || Number(pct) > 100) throw absent('its log tells nothing of its start');
  return { pct: Number(pct), summary, warning: '', source: 'log' };
}

/** What the program itself says, else its log, which is read only then. */
export function bootstrapFrom(ask: Ask, told: Answer<Told>, log: string): Answer<Bootstrap> {
  const own = ask.all([told], () => orNull(() => bootstrapOf(toldOf(told(), 'status/bootstrap-phase'))));
  return ask.after(own, (known) => (known === null ? ask.read(log, bootstrapIn) : ask.all([], () => known)));
}
