/** What a report may hold; an honest one stays far below. */
const LIMITS = { depth: 32, values: 200_000, text_bytes: 64 * 1024 } as const;

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
  const state: Scan = { json, at: 0, open: [], values: 0, keyNext: false };
  for (; state.at < json.length; state.at += 1) {
    const problem = step(state, json.charCodeAt(state.at));
    if (problem !== null) return problem;
    if (state.values > LIMITS.values) return `it has more than ${LIMITS.values.toLocaleString('en')} values`;
  }
  return null;
}

interface Scan {
  json: string;
  at: number;
  open: Open[];
  values: number;
  keyNext: boolean;
}

/** Goes over the character that stands next, and with it to the end of a text or a number. */
function step(state: Scan, code: number): string | null {
  switch (code) {
    case QUOTE:
      return overText(state);
    case 0x7b:
    case 0x5b:
      return into(state, code === 0x7b ? new Set() : null);
    case 0x7d:
    case 0x5d:
      state.open.pop();
      state.keyNext = false;
      return null;
    case 0x2c:
      state.keyNext = (state.open.at(-1) ?? null) !== null;
      return null;
    default:
      if (isScalarStart(code)) overScalar(state);
      return null;
  }
}

function into(state: Scan, kind: Open): string | null {
  state.open.push(kind);
  state.values += 1;
  state.keyNext = kind !== null;
  return state.open.length > LIMITS.depth ? `it is nested deeper than ${LIMITS.depth}` : null;
}

function overText(state: Scan): string | null {
  const end = endOfText(state.json, state.at);
  const written = state.json.slice(state.at, end + 1);
  const problem = textProblem(written) ?? (state.keyNext ? keyProblem(written, state.open.at(-1) ?? null) : null);
  if (!state.keyNext) state.values += 1;
  state.keyNext = false;
  state.at = end;
  return problem;
}

function overScalar(state: Scan): void {
  state.values += 1;
  state.at = endOfScalar(state.json, state.at);
}

function endOfText(json: string, start: number): number {
  for (let at = start + 1; ; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE || at >= json.length) return at;
    if (code === BACKSLASH) at += 1;
  }
}

/** Lengths in UTF-16 units are never more than those in bytes, so only a long one is counted. */
function textProblem(written: string): string | null {
  if (written.length * 3 > LIMITS.text_bytes && Buffer.byteLength(written) > LIMITS.text_bytes + 2)
    return 'it has a text longer than 64 KiB';
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
  while (isScalarPart(json.charCodeAt(at + 1))) at += 1;
  return at;
}

/** Letters, digits, `_`, `.`, `+` and `-`; behind the end there is none. */
function isScalarPart(code: number): boolean {
  return isScalarStart(code) || (code >= 0x41 && code <= 0x5a) || code === 0x5f || code === 0x2e || code === 0x2b;
}
