/** What a report may hold; an honest one stays far below. */
export const LIMITS = { depth: 32, values: 200_000, text_bytes: 64 * 1024 } as const;

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
const BACKSLASH = 92;
const QUOTE = 34;

/** An object or list that is open: its keys so far, null for a list. */
type Open = Set<string> | null;

/**
 * Which limit a JSON text breaks, before anything is built from it: depth, number of values, length of a text; keys that are there twice or reach into
 * the language; halves of surrogate pairs. Null if none. Whether it is JSON at all is the parser's to say.
 */
export function limitBroken(json: string): string | null {
  const open: Open[] = [];
  let values = 0;
  let keyNext = false;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfText(json, at);
      const written = json.slice(at, end + 1);
      const problem = textProblem(written) ?? (keyNext ? keyProblem(written, open.at(-1) ?? null) : null);
      if (problem !== null) return problem;
      if (keyNext) keyNext = false;
      else values += 1;
      at = end;
    } else if (code === 0x7b || code === 0x5b) {
      open.push(code === 0x7b ? new Set() : null);
      values += 1;
      keyNext = code === 0x7b;
      if (open.length > LIMITS.depth) return `it is nested deeper than ${LIMITS.depth}`;
    } else if (code === 0x7d || code === 0x5d) {
      open.pop();
      keyNext = false;
    } else if (code === 0x2c) {
      keyNext = (open.at(-1) ?? null) !== null;
    } else if (isScalarStart(code)) {
      values += 1;
      at = endOfScalar(json, at);
    }
    if (values > LIMITS.values) return `it has more than ${LIMITS.values.toLocaleString('en')} values`;
  }
  return null;
}

function endOfText(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json.charCodeAt(at) !== QUOTE) at += json.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

/** Lengths in UTF-16 units are never more than those in bytes, so only a long one is counted. */
function textProblem(written: string): string | null {
  if (written.length * 3 > LIMITS.text_bytes && Buffer.byteLength(written) > LIMITS.text_bytes + 2) return 'it has a text longer than 64 KiB';
  return written.includes('\\u') && !decoded(written).isWellFormed() ? 'it has half a surrogate pair' : null;
}

function keyProblem(written: string, keys: Open): string | null {
  const key = written.includes('\\') ? decoded(written) : written.slice(1, -1);
  if (FORBIDDEN.has(key)) return `it has the key ${key}`;
  if (keys?.has(key) === true) return `it has the key "${key.slice(0, 60)}" twice`;
  keys?.add(key);
  return null;
}

function decoded(written: string): string {
  try {
    return String(JSON.parse(written));
  } catch {
    return '';
  }
}

/** A number, or the first letter of true, false or null. */
function isScalarStart(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2d || (code >= 0x61 && code <= 0x7a);
}

function endOfScalar(json: string, start: number): number {
  let at = start;
  while (at + 1 < json.length && /[\w.+-]/.test(json[at + 1] ?? '')) at += 1;
  return at;
}
