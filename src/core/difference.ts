/** What JSON carries. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

/** A place in a value by keys and positions from its top, and what stands there now. */
export type Change = [path: (string | number)[], value: JsonValue];

/**
 * What makes `next` of `base`, such that both are then the same to the byte as JSON. A list that became longer or shorter and an object that has other
 * keys than before are given whole.
 */
export function differenceOf(base: JsonValue, next: JsonValue): Change[] {
  const changes: Change[] = [];
  compare(base, next, [], changes);
  return changes;
}

function compare(base: JsonValue, next: JsonValue, path: (string | number)[], into: Change[]): void {
  if (base === next) return;
  if (Array.isArray(base) && Array.isArray(next) && base.length === next.length) {
    for (const [at, item] of next.entries()) compare(base[at] as JsonValue, item, [...path, at], into);
    return;
  }
  if (isMap(base) && isMap(next) && sameKeys(base, next)) {
    for (const [key, value] of Object.entries(next)) compare(base[key] as JsonValue, value, [...path, key], into);
    return;
  }
  into.push([path, next]);
}

/** In the same order: JSON of the two must be the same, too. */
function sameKeys(a: object, b: object): boolean {
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return keys.length === others.length && keys.every((key, at) => key === others[at]);
}

/** The value with these changes; `base` itself stays as it is and shares with it what did not change. Null where a path leads nowhere. */
export function applied(base: JsonValue, changes: readonly Change[]): { value: JsonValue } | null {
  const own = new Set<JsonValue>();
  let value: JsonValue = base;
  for (const [path, next] of changes) {
    const [key, ...rest] = path;
    if (key === undefined) {
      value = next;
      continue;
    }
    value = copyOf(value, own);
    if (!put(value, [key, ...rest], next, own)) return null;
  }
  return { value };
}

/** Puts a value where something is already; `own` are the copies that nobody else has. */
function put(top: JsonValue, path: readonly (string | number)[], next: JsonValue, own: Set<JsonValue>): boolean {
  let at = top;
  for (const [depth, key] of path.entries()) {
    if (!has(at, key)) return false;
    const within = at as Record<string | number, JsonValue>;
    within[key] = depth === path.length - 1 ? next : copyOf(within[key] as JsonValue, own);
    at = within[key] as JsonValue;
  }
  return true;
}

function has(at: JsonValue, key: string | number): boolean {
  if (Array.isArray(at)) return typeof key === 'number' && Number.isInteger(key) && key >= 0 && key < at.length;
  return isMap(at) && typeof key === 'string' && Object.hasOwn(at, key);
}

function copyOf(value: JsonValue, own: Set<JsonValue>): JsonValue {
  if (own.has(value) || typeof value !== 'object' || value === null) return value;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  own.add(copy);
  return copy;
}

function isMap(value: JsonValue): value is { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
