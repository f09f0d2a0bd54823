import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { visible } from '../../core/clean.ts';
import { nearest } from '../../core/nearest.ts';
import { wrong } from './configuration.ts';

/** One YAML file while it is read; every error says where in it. */
export interface YamlFile {
  path: string;
  lines: LineCounter;
  document: Document;
}

/** A value with its key, for telling where it stands. */
export interface Field {
  key: Node | null;
  value: Node | null;
  /** For sentences, such as `port of node ns1`. */
  what: string;
}

/** `nodes.yaml:14:5` of a node of the tree. */
export function placeOf({ path, lines }: YamlFile, node: Node | null): string {
  const offset = node?.range?.[0];
  if (offset === undefined) return path;
  const { line, col } = lines.linePos(offset);
  return `${path}:${line}:${col}`;
}

/** The entries of a map, by key; an unknown key is an error that names the nearest. `known` null takes any. */
export function entries(file: YamlFile, field: Field, known: readonly string[] | null): Map<string, Field> {
  const value = resolved(file, field.value);
  if (value === null || (isScalar(value) && value.value === null)) return new Map();
  if (!isMap(value)) throw wrong(placeOf(file, value), `${field.what} must be a map of "key: value"`);
  const found = new Map<string, Field>();
  for (const pair of (value as YAMLMap<Node, Node | null>).items) {
    const [name, each] = entry(file, field.what, pair, known);
    const first = found.get(name);
    if (first !== undefined)
      throw wrong(placeOf(file, each.key), `the key "${visible(name)}" is there twice; the first is at ${placeOf(file, first.key)}`);
    found.set(name, each);
  }
  return found;
}

function entry(file: YamlFile, what: string, { key, value }: Pair<Node, Node | null>, known: readonly string[] | null): [string, Field] {
  const name = isScalar(key) ? String((key as Scalar).source ?? key.value) : '';
  if (known !== null && !known.includes(name)) {
    const near = nearest(name, known);
    const hint = near === null ? `there are ${known.join(', ')}` : `nearest is "${near}"`;
    throw wrong(placeOf(file, key), `unknown key "${visible(name)}" in ${what}; ${hint}`);
  }
  return [name, { key, value, what: known === null ? `${what} ${visible(name)}` : `${name} of ${what}` }];
}

/** The items of a list; a single value stands for a list of one. */
export function items(file: YamlFile, field: Field): Field[] {
  const value = resolved(file, field.value);
  if (value === null || (isScalar(value) && value.value === null)) return [];
  if (!isSeq(value)) return [{ ...field, value }];
  return value.items.map((item, at) => ({ key: item as Node, value: item as Node, what: `${field.what}, item ${at + 1}` }));
}

/** A text that `problem` finds nothing wrong with; a number is taken as it is written. */
export function text(file: YamlFile, field: Field, problem: (text: string) => string | null): string {
  const value = scalar(file, field);
  const written = typeof value.value === 'string' ? value.value : (value.source ?? '');
  const why = value.value === null ? 'is empty' : problem(written);
  if (why !== null) throw wrong(placeOf(file, value), `${field.what} ${why}`);
  return written;
}

/** A number within a range. */
export function number(file: YamlFile, field: Field, { least, most, whole }: { least: number; most: number; whole: boolean }): number {
  const { value, source } = scalar(file, field);
  const fits = typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value));
  if (fits) return value;
  throw wrong(
    placeOf(file, field.value),
    `${field.what} is ${visible(String(source ?? value)).slice(0, 60)}; it must be a ${whole ? 'whole ' : ''}number from ${least} to ${most}`,
  );
}

/** The value as JSON has it, for a reader of its own. */
export function plainValue(file: YamlFile, { value }: Field): unknown {
  try {
    return value?.toJS(file.document) ?? null;
  } catch (error) {
    // Aliases that stand for too much.
    throw wrong(placeOf(file, value), (error as Error).message);
  }
}

/** true or false. */
export function flag(file: YamlFile, field: Field): boolean {
  const { value, source } = scalar(file, field);
  if (typeof value === 'boolean') return value;
  throw wrong(placeOf(file, field.value), `${field.what} is ${visible(String(source ?? value)).slice(0, 60)}; it must be true or false`);
}

function scalar(file: YamlFile, field: Field): Scalar {
  const value = resolved(file, field.value);
  if (isScalar(value)) return value;
  throw wrong(placeOf(file, field.value ?? field.key), `${field.what} must be a single value`);
}

function resolved({ document }: YamlFile, value: Node | null): Node | null {
  return isAlias(value) ? ((value as Alias).resolve(document) ?? null) : value;
}
