const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** Whether the text is a host name as DNS carries it (RFC 1035), in small letters and without a dot at its end. */
export function isHostName(text: string): boolean {
  return text.length <= 240 && text.split('.').every((label) => LABEL.test(label)) && !/^[0-9.]+$/.test(text);
}

interface Block {
  keys: string[];
  /** First words of the lines in it. */
  directives: Set<string>;
}

/** Answers of these come from elsewhere, so that the zone is not this server's own. */
const PASSED_ON = ['forward', 'grpc', 'proxy', 'recursor'];

/** The zones that a Corefile serves itself, once each: without the root, reverse zones, snippets and anything that is no host name. */
export function zonesOf(corefile: string): string[] {
  const own = blocksOf(corefile).filter(({ directives }) => !PASSED_ON.some((directive) => directives.has(directive)));
  const zones = own.flatMap(({ keys }) => keys.map(zoneOf));
  return [...new Set(zones.filter((zone) => isHostName(zone) && !/(^|\.)(in-addr|ip6)\.arpa$/.test(zone)))];
}

/** `dns://Example.org.:53` is the zone `example.org`. */
function zoneOf(key: string): string {
  return key
    .replace(/^[a-z]+:\/\//, '')
    .replace(/:\d+$/, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

/** Blocks of the form `KEYS { … }`: keys are separated by blanks or commas and may go on after a comma; a `(name)` is a snippet. */
function blocksOf(corefile: string): Block[] {
  const blocks: Block[] = [];
  let depth = 0;
  let keys: string[] = [];
  for (const { words, first, last } of corefile.split('\n').map(lineOf)) {
    if (depth === 0 && first !== 'import') {
      keys.push(...keysIn(words));
      if (last === '{') blocks.push(blockOf(keys));
      if (!last.endsWith(',')) keys = [];
    } else if (depth === 1) blocks.at(-1)?.directives.add(first);
    if (last === '{') depth += 1;
    if (first === '}') depth = Math.max(0, depth - 1);
  }
  return blocks;
}

function blockOf(keys: string[]): Block {
  return { keys: keys.some((key) => key.startsWith('(')) ? [] : keys, directives: new Set() };
}

function lineOf(text: string): { words: string[]; first: string; last: string } {
  const words = wordsOf(text);
  // After an empty line, as after a comma, keys may go on.
  return { words, first: words[0] ?? '', last: words.at(-1) ?? ',' };
}

function keysIn(words: readonly string[]): string[] {
  return words.flatMap((word) => word.split(',')).filter((word) => word !== '' && word !== '{');
}

/** The words of a line without its comment. A quoted word is never a zone, so quotes are dropped. */
function wordsOf(line: string): string[] {
  const words = line
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  const comment = words.findIndex((word) => word.startsWith('#'));
  return (comment === -1 ? words : words.slice(0, comment)).map((word) => word.replaceAll('"', ''));
}
