/** A value of plain YAML. */
export type PlainValue = null | boolean | number | string | PlainValue[] | { [key: string]: PlainValue };

/** What is wrong with the text, and in which line (from 1). */
export class PlainYamlError extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

interface Line {
  number: number;
  indent: number;
  text: string;
}

/**
 * Reads the part of YAML 1.2 that a node's own file needs, so that the agent carries no package: maps and lists by indentation,
 * `[a, b]` and `{a: b}` on one line, plain and quoted scalars, comments. Whatever else YAML knows is refused, never guessed.
 */
export function parsePlainYaml(text: string): PlainValue {
  const lines = linesOf(text);
  if (lines.length === 0) return null;
  const reader = new Reader(lines);
  const value = reader.block(lines[0]?.indent ?? 0);
  const left = reader.peek();
  if (left !== undefined) throw new PlainYamlError(left.number, 'this line is indented less or more than what it belongs to');
  return value;
}

function linesOf(text: string): Line[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((raw, at) => ({ number: at + 1, raw: raw.trimEnd() }))
    .filter(({ raw, number }) => raw.trim() !== '' && !raw.trimStart().startsWith('#') && !(number === 1 && raw === '---'))
    .map(({ raw, number }) => {
      const indent = raw.length - raw.trimStart().length;
      if (raw.slice(0, indent).includes('\t')) throw new PlainYamlError(number, 'a tab indents this line; YAML takes blanks only');
      return { number, indent, text: raw.slice(indent) };
    });
}

const KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[A-Za-z_][\w./-]*):(?:\s+(.*))?$/;

/** Walks the lines; the only state is where it stands. */
class Reader {
  readonly #lines: Line[];
  #at = 0;

  constructor(lines: Line[]) {
    this.#lines = lines;
  }

  peek(): Line | undefined {
    return this.#lines[this.#at];
  }

  /** The map or list whose lines begin at this indentation. */
  block(indent: number): PlainValue {
    const first = this.peek();
    if (first === undefined) return null;
    return isItem(first.text) ? this.#list(indent) : this.#map(indent);
  }

  #list(indent: number): PlainValue[] {
    const items: PlainValue[] = [];
    for (let line = this.peek(); line?.indent === indent && isItem(line.text); line = this.peek()) {
      const rest = line.text.slice(1).trimStart();
      if (rest === '' || rest.startsWith('#')) {
        this.#at += 1;
        items.push(this.#nested(indent));
      } else if (isItem(rest) || KEY.test(uncommented(rest))) {
        // What stands behind the dash is the first line of the item's own block.
        const inner = indent + line.text.length - rest.length;
        this.#lines[this.#at] = { ...line, indent: inner, text: rest };
        items.push(this.block(inner));
      } else {
        this.#at += 1;
        items.push(scalarOrFlow(rest, line.number));
      }
    }
    return items;
  }

  #map(indent: number): { [key: string]: PlainValue } {
    const entries = new Map<string, PlainValue>();
    for (let line = this.peek(); line?.indent === indent && !isItem(line.text); line = this.peek()) {
      const [, key, value] = KEY.exec(uncommented(line.text)) ?? [];
      if (key === undefined) throw new PlainYamlError(line.number, 'this is neither "key: value" nor "- item"');
      const name = String(scalar(key, line.number));
      if (entries.has(name)) throw new PlainYamlError(line.number, `key "${name}" stands here a second time`);
      this.#at += 1;
      entries.set(name, value === undefined || value === '' ? this.#nested(indent, true) : scalarOrFlow(value, line.number));
    }
    return Object.fromEntries(entries);
  }

  /** The block below a key or a dash; null if nothing is indented under it. A list may stand at its key's own indentation. */
  #nested(indent: number, underKey = false): PlainValue {
    const next = this.peek();
    if (next === undefined || next.indent < indent) return null;
    if (next.indent === indent) return underKey && isItem(next.text) ? this.#list(indent) : null;
    return this.block(next.indent);
  }
}

function isItem(text: string): boolean {
  return text === '-' || text.startsWith('- ');
}

/** Without the comment that ends the line; `#` inside quotes or within a word is no comment. */
function uncommented(text: string): string {
  for (let at = 0; at < text.length; at += 1) {
    const before = text[at - 1] ?? ' ';
    if (/["']/.test(text[at] ?? '') && /[\s[{,:]/.test(before)) at += quotedFrom(text, at) - 1;
    else if (text[at] === '#' && /\s/.test(before)) return text.slice(0, at).trimEnd();
  }
  return text.trimEnd();
}

/** How many characters the quotes that begin here enclose, themselves included; the rest of the text if they are not closed. */
function quotedFrom(text: string, at: number): number {
  const quoted = text[at] === '"' ? /"(?:[^"\\]|\\.)*"/y : /'[^']*'/y;
  quoted.lastIndex = at;
  return quoted.exec(text)?.[0].length ?? text.length - at;
}

function scalarOrFlow(text: string, line: number): PlainValue {
  const clean = uncommented(text);
  if (!/^[[{]/.test(clean)) return scalar(clean, line);
  const [value, rest] = flow(clean, line);
  if (rest.trim() !== '') throw new PlainYamlError(line, `nothing may follow the closing bracket, and here is ${rest.trim()}`);
  return value;
}

function flow(text: string, line: number): [PlainValue, rest: string] {
  if (text.startsWith('[')) return flowItems(text, { close: ']', line }, (rest) => flow(rest, line));
  if (!text.startsWith('{')) return flowScalar(text, line);
  const [pairs, rest] = flowItems(text, { close: '}', line }, (entry) => flowPair(entry, line));
  const names = new Set<string>();
  const twice = pairs.find(([name]) => names.size === names.add(name).size);
  if (twice !== undefined) throw new PlainYamlError(line, `key "${twice[0]}" stands here a second time`);
  return [Object.fromEntries(pairs), rest];
}

/** What stands between brackets, separated by commas; one more may end it. */
function flowItems<T>(
  text: string,
  { close, line }: { close: string; line: number },
  item: (text: string) => [T, rest: string],
): [T[], rest: string] {
  const items: T[] = [];
  let rest = text.slice(1).trimStart();
  while (!rest.startsWith(close)) {
    if (rest === '') throw new PlainYamlError(line, `${close} is missing at the end of this line`);
    const [one, left] = item(rest);
    items.push(one);
    rest = left.trimStart();
    if (rest.startsWith(',')) rest = rest.slice(1).trimStart();
    else if (!rest.startsWith(close)) throw new PlainYamlError(line, `a comma or ${close} is missing`);
  }
  return [items, rest.slice(1)];
}

function flowPair(text: string, line: number): [[key: string, value: PlainValue], rest: string] {
  const [, key = '', after] = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[A-Za-z_][\w./-]*):\s+(.*)$/.exec(text) ?? [];
  if (after === undefined) throw new PlainYamlError(line, 'between { and } each entry is "key: value"');
  const [value, rest] = flow(after, line);
  return [[String(scalar(key, line)), value], rest];
}

function flowScalar(text: string, line: number): [PlainValue, rest: string] {
  const quoted = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/.exec(text)?.[0];
  const raw = quoted ?? /^[^,[\]{}]*/.exec(text)?.[0] ?? '';
  if (raw.trim() === '') throw new PlainYamlError(line, 'a value is missing between commas');
  return [scalar(raw.trim(), line), text.slice(raw.length)];
}

/** What a plain scalar may not begin with or hold: the rest of YAML begins there. */
const SPECIAL = /^[&*!|>%@`#,[\]{}"']|^[-?:](\s|$)|:(\s|$)|\s#/;

/** What YAML 1.2's core schema takes for more than text. */
const WORDS: ReadonlyMap<string, null | boolean> = new Map([
  ...['null', 'Null', 'NULL', '~'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);

function scalar(text: string, line: number): null | boolean | number | string {
  if (text.startsWith("'") && /^'(?:[^']|'')*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'");
  if (text.startsWith('"')) return jsonString(text, line);
  if (SPECIAL.test(text))
    throw new PlainYamlError(line, `${text} is more of YAML than is read here; put it in quotes if it is meant as text`);
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(text)) return Number(text);
  if (/^[-+]?\.(inf|nan)$/i.test(text) || /^0[xo]/.test(text)) throw new PlainYamlError(line, `${text} is no number that is read here`);
  return text;
}

function jsonString(text: string, line: number): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'string') return value;
  } catch {
    // Said below: quotes that JSON does not know are refused.
  }
  throw new PlainYamlError(line, 'the quotes of this text are not closed, or it holds an escape that is not read here');
}
