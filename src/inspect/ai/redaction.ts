import { scrubbed } from '../../core/scrub.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { knownNames } from './known-names.ts';

/** Hides who and where the machines are, and puts it back. One name always has one stand-in. */
export interface Redaction {
  hide(text: string): string;
  /** The text with every stand-in replaced by what it stands for; what was a secret stays hidden. */
  restore(text: string): string;
}

const IPV4 = String.raw`(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?!\d|\.\d)`;
/** A time of day has colons too. */
const IPV6 = String.raw`(?<![\w:])(?=[0-9a-f:]*(?:::|[a-f])|(?:\d{1,4}:){7})(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?:%\w{1,15})?(?![0-9a-f])`;
const BASE64 = '[A-Za-z0-9+/_-]';

/** What is hidden by its shape, each with what stands in for it. */
const SHAPES: readonly [kind: string, shape: string][] = [
  ['mail', String.raw`[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}`],
  ['user', String.raw`(?<![\w.-])(?!(?:wg-quick|getty|systemd-[\w-]+|orama-[\w-]+)@)[a-z_][\w.-]{0,31}(?=@)|(?<=/home/)[^/\s"']{1,64}`],
  ['mac', String.raw`\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b`],
  ['address', `${IPV4}|${IPV6}`],
  ['key', String.raw`(?<!${BASE64})(?=${BASE64}*\d)(?=${BASE64}*[A-Za-z])${BASE64}{20,}={0,2}|\b[0-9a-f]{16,}\b`],
  ['name', String.raw`\b(?:[a-z0-9_-]{1,63}\.){1,8}[a-z]{2,24}\b`],
];

/** Says nothing of anybody: the machine itself, all addresses, documentation of a unit or a file by its ending. */
const HARMLESS =
  /^(?:127\.\d+\.\d+\.\d+|0\.0\.0\.0|::1?|.+\.(?:service|socket|timer|mount|target|slice|scope|conf|yaml|yml|json|log|sock|key|pem))$/i;

/** How one fleet is hidden: known names first, then what looks like an address, a key or a host name. Secrets go for good. */
export function redaction(snapshot: Snapshot): Redaction {
  const names = knownNames(snapshot);
  const standIns = new Map<string, string>();
  const meant = new Map<string, string>();
  const counts = new Map<string, number>();
  const standIn = (kind: string, text: string): string => {
    const known = standIns.get(text.toLowerCase());
    if (known !== undefined) return known;
    const number = (counts.get(kind) ?? 0) + 1;
    const made = `${kind}-${number}`;
    counts.set(kind, number);
    standIns.set(text.toLowerCase(), made);
    meant.set(made, text);
    return made;
  };
  for (const { text, kind } of names.values()) standIn(kind, text);
  const pattern = patternOf([...names.keys()]);
  return {
    hide: (text) =>
      scrubbed(text).replace(pattern, (found: string, ...groups: unknown[]) => {
        const at = groups.findIndex((group) => group !== undefined);
        const kind = at === 0 ? (names.get(found.toLowerCase())?.kind ?? 'name') : (SHAPES[at - 1]?.[0] ?? 'name');
        return at > 0 && HARMLESS.test(found) ? found : standIn(kind, found);
      }),
    restore: (text) => text.replace(/\b(?:node|name|key|mail|user|mac|address)-\d{1,6}\b/g, (found) => meant.get(found) ?? found),
  };
}

/** Longer names first, so that none is taken for the beginning of another. */
function patternOf(names: readonly string[]): RegExp {
  const known = [...names].sort((a, b) => b.length - a.length).map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`));
  const own = known.length === 0 ? '(?!)' : `(?<![A-Za-z0-9])(?:${known.join('|')})(?![A-Za-z0-9])`;
  return new RegExp([own, ...SHAPES.map(([, shape]) => shape)].map((shape) => `(${shape})`).join('|'), 'gi');
}
