/** What a report may hold; an honest one stays far below. */
const LIMITS = { depth: 32, values: 200_000, text_bytes: 64 * 1024 } as const;

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
const BACKSLASH = 0x5c;
const QUOTE = 0x22;

/** How much a JSON text holds. */
export interface Size {
  depth: number;
  /** One more for each list and object that is empty. */
  values: number;
}

/** What a text came to that may be anything at all. */
export type Bounded =
  | { kind: 'value'; value: unknown; size: Size }
  /** Which limit it breaks: depth, number of values, length of a text; a key that is there twice or reaches into the language; half a surrogate pair. */
  | { kind: 'broken'; why: string }
  | { kind: 'no-json' };

/** JSON of an untrusted sender. What could be too much of anything is measured before anything is built. Never throws. */
export function boundedJson(json: string): Bounded {
  const scan = scanned(json);
  const tooMuch = scan.longText ? 'it has a text longer than 64 KiB' : limitBroken(scan);
  if (tooMuch !== null) return { kind: 'broken', why: tooMuch };
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { kind: 'no-json' };
  }
  const why = problemOf(value, json, scan.keys);
  return why === null ? { kind: 'value', value, size: { depth: scan.depth, values: scan.values } } : { kind: 'broken', why };
}

/** Which limit something of this size breaks; null if none. */
export function limitBroken({ depth, values }: Size): string | null {
  if (depth > LIMITS.depth) return `it is nested deeper than ${LIMITS.depth}`;
  return values > LIMITS.values ? `it has more than ${LIMITS.values.toLocaleString('en')} values` : null;
}

/** The size of what JSON.stringify made. */
export function sizeOf(json: string): Size {
  const { depth, values } = scanned(json);
  return { depth, values };
}

interface Scan extends Size {
  keys: number;
  longText: boolean;
}

/** Goes over the signs between the texts: each value but the first stands behind one that opens, or a comma; each key before a colon. */
function scanned(json: string): Scan {
  const scan: Scan = { depth: 0, values: 1, keys: 0, longText: false };
  let open = 0;
  for (let at = 0; at < json.length; at += 1) {
    switch (json.charCodeAt(at)) {
      case QUOTE: {
        const end = endOfText(json, at);
        scan.longText ||= isLong(json, at, end);
        at = end;
        break;
      }
      case 0x7b:
      case 0x5b:
        open += 1;
        scan.values += 1;
        scan.depth = Math.max(scan.depth, open);
        break;
      case 0x7d:
      case 0x5d:
        open -= 1;
        break;
      case 0x2c:
        scan.values += 1;
        break;
      case 0x3a:
        scan.keys += 1;
    }
  }
  return scan;
}

function endOfText(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end === -1 ? json.length : end;
}

/** Behind an odd number of backslashes; the quote before the text ends every run of them. */
function isEscaped(json: string, at: number): boolean {
  let before = at - 1;
  while (json.charCodeAt(before) === BACKSLASH) before -= 1;
  return (at - before) % 2 === 0;
}

/** Lengths in UTF-16 units are never more than those in bytes, so only a long one is counted. */
function isLong(json: string, start: number, end: number): boolean {
  return (end - start + 1) * 3 > LIMITS.text_bytes && Buffer.byteLength(json.slice(start, end + 1)) > LIMITS.text_bytes + 2;
}

/** What is wrong with keys and characters; only what was built of a text says which keys there are. */
function problemOf(value: unknown, json: string, keys: number): string | null {
  const seen: Seen = { keys: 0, forbidden: null, texts: json.includes('\\u'), halved: false };
  look(value, seen);
  if (seen.forbidden !== null) return `it has the key ${seen.forbidden}`;
  if (seen.halved) return 'it has half a surrogate pair';
  return seen.keys === keys ? null : `it has the key "${keyTwice(json).slice(0, 60)}" twice`;
}

interface Seen {
  keys: number;
  forbidden: string | null;
  /** Whether texts must be looked at: only escapes can hold half a pair. */
  texts: boolean;
  halved: boolean;
}

function look(value: unknown, seen: Seen): void {
  if (typeof value === 'string') {
    if (seen.texts && !value.isWellFormed()) seen.halved = true;
  } else if (Array.isArray(value)) {
    for (const item of value) look(item, seen);
  } else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) {
      seen.keys += 1;
      if (FORBIDDEN.has(key)) seen.forbidden = key;
      look(key, seen);
      look((value as Record<string, unknown>)[key], seen);
    }
  }
}

/** The first key that is there twice in one object. */
function keyTwice(json: string): string {
  const open: Set<string>[] = [];
  for (const [sign, colon] of json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/g)) {
    if (sign === '{') open.push(new Set());
    else if (sign === '}') open.pop();
    else if (colon !== undefined) {
      const key = JSON.parse(sign.slice(0, -colon.length)) as string;
      const keys = open.at(-1);
      if (keys?.has(key) === true) return key;
      keys?.add(key);
    }
  }
  return '';
}
