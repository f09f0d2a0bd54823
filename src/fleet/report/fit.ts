import type { UnknownEntry } from '../../core/report.ts';
import { implausible, NOT_PLAUSIBLE } from './plausible.ts';

/** As much of a zod schema as is needed to walk beside a value. */
export interface Schema {
  _zod: { def: object };
}

type Definition = { type: string } & Record<string, unknown>;

/** What is noted while a value is fitted. */
export interface Fitting {
  unknown: UnknownEntry[];
  /** Why a field that a reader knows may be missing. */
  missing: string;
}

/** A value that cannot stand where it stands, with its reason. */
class Unfit {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/**
 * A section in its schema's shape: what is missing or wrong becomes null with its path, as near to the wrong value as the schema lets it be null;
 * what the schema does not know is kept. Null for the whole where nothing nearer can be.
 */
export function fitted(schema: Schema, value: unknown, path: string, fitting: Fitting): Record<string, unknown> | null {
  const fit = fitTo(schema)(value, { above: null, key: path, name: path }, fitting);
  if (!(fit instanceof Unfit)) return fit as Record<string, unknown>;
  fitting.unknown.push({ path, kind: 'unparsed', reason: fit.reason });
  return null;
}

/** Where a value stands; its path is only put together where something is said of it. */
interface Place {
  above: Place | null;
  key: string | number;
  /** The nearest key: its unit says what a number may be. */
  name: string;
}

function pathOf({ above, key }: Place): string {
  if (above === null) return String(key);
  return typeof key === 'number' ? `${pathOf(above)}[${key}]` : `${pathOf(above)}.${key}`;
}

type Fit = (value: unknown, place: Place, fitting: Fitting) => unknown;

/** Reports are many and schemas few: what a schema asks for is worked out once. */
const known = new WeakMap<Schema, Fit>();

function fitTo(schema: Schema): Fit {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const def = schema._zod.def as Definition;
  const fit = FITS[def.type]?.(def) ?? ((value) => value);
  known.set(schema, fit);
  return fit;
}

const text = (): Fit => (value) => (typeof value === 'string' ? value : wrongKind(value, 'a text'));

const FITS: Readonly<Record<string, (def: Definition) => Fit>> = {
  string: text,
  // A word that a newer ward may know is kept as it is.
  enum: text,
  boolean: () => (value) => (typeof value === 'boolean' ? value : wrongKind(value, 'true or false')),
  number:
    () =>
    (value, { name }) => {
      if (typeof value !== 'number') return wrongKind(value, 'a number');
      const why = numberProblem(name, value);
      // Minus zero is zero.
      return why === null ? value + 0 : new Unfit(why);
    },
  nullable: ({ innerType }) => {
    const inner = fitTo(innerType as Schema);
    return (value, place, fitting) => {
      if (value === null) return null;
      const before = fitting.unknown.length;
      const fit = inner(value, place, fitting);
      if (!(fit instanceof Unfit)) return fit;
      fitting.unknown.length = before;
      fitting.unknown.push({ path: pathOf(place), kind: 'unparsed', reason: fit.reason });
      return null;
    };
  },
  optional: ({ innerType }) => {
    const inner = fitTo(innerType as Schema);
    return (value, place, fitting) => (value === undefined ? undefined : inner(value, place, fitting));
  },
  array: ({ element }) => {
    const inner = fitTo(element as Schema);
    return (value, place, fitting) => {
      if (!Array.isArray(value)) return wrongKind(value, 'a list');
      return all(value.map((item, key) => inner(item, { above: place, key, name: place.name }, fitting)));
    };
  },
  record: ({ valueType }) => {
    const inner = fitTo(valueType as Schema);
    return (value, place, fitting) => {
      if (!isMap(value)) return wrongKind(value, 'a map');
      const keys = Object.keys(value);
      const fits = all(keys.map((key) => inner(value[key], { above: place, key, name: place.name }, fitting)));
      return fits instanceof Unfit ? fits : Object.fromEntries(keys.map((key, at) => [key, fits[at]]));
    };
  },
  object: ({ shape }) => {
    const fields = Object.entries(shape as Record<string, Schema>).map(([key, schema]) => ({ key, schema, inner: fitTo(schema) }));
    return (value, place, fitting) => {
      if (!isMap(value)) return wrongKind(value, 'a map');
      const fit: Record<string, unknown> = {};
      let found = 0;
      for (const { key, schema, inner } of fields) {
        const there = { above: place, key, name: key };
        const given = value[key];
        if (given !== undefined) found += 1;
        const each = given === undefined ? missing(schema, there, fitting) : inner(given, there, fitting);
        if (each instanceof Unfit) return each;
        if (each !== undefined) fit[key] = each;
      }
      const keys = Object.keys(value);
      if (keys.length > found) for (const key of keys) if (!Object.hasOwn(fit, key)) fit[key] = withoutWildNumbers(value[key]);
      return fit;
    };
  },
};

function missing(schema: Schema, place: Place, fitting: Fitting): unknown {
  const { type } = schema._zod.def as Definition;
  if (type === 'optional') return undefined;
  // A map that must be there may still hold nothing that is known.
  if (type === 'object') return fitTo(schema)({}, place, fitting);
  if (type !== 'nullable') return new Unfit(`${NOT_PLAUSIBLE} no ${pathOf(place)}`);
  fitting.unknown.push({ path: pathOf(place), kind: 'absent', reason: fitting.missing });
  return null;
}

function numberProblem(name: string, value: number): string | null {
  if (!Number.isFinite(value)) return `${NOT_PLAUSIBLE} a number beyond all`;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return `${NOT_PLAUSIBLE} a number above 2^53, which is not exact`;
  return implausible(name, value);
}

function all(fits: unknown[]): unknown[] | Unfit {
  return fits.find((fit) => fit instanceof Unfit) ?? fits;
}

function wrongKind(value: unknown, wanted: string): Unfit {
  const kind = value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a map' : `a ${typeof value}`;
  return new Unfit(`${NOT_PLAUSIBLE} ${kind} where ${wanted} belongs`);
}

/** A value that no schema knows, kept; a number that is not exact is no number. */
export function withoutWildNumbers(value: unknown): unknown {
  if (typeof value === 'number') return numberProblem('', value) === null || value < 0 ? finiteOrNull(value) : null;
  if (Array.isArray(value)) return value.map(withoutWildNumbers);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutWildNumbers(each)]));
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value)) ? value : null;
}

/** Whether a value of JSON is a map. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
