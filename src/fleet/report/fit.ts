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
  const fit = fitTo(schema, value, { path, name: path }, fitting);
  if (!(fit instanceof Unfit)) return fit as Record<string, unknown>;
  fitting.unknown.push({ path, kind: 'unparsed', reason: fit.reason });
  return null;
}

interface At {
  path: string;
  /** The nearest key: its unit says what a number may be. */
  name: string;
}

type Fit = (def: Record<string, unknown>, value: unknown, at: At, fitting: Fitting) => unknown;

const FITS: Readonly<Record<string, Fit>> = {
  string: (_def, value) => (typeof value === 'string' ? value : wrongKind(value, 'a text')),
  // A word that a newer ward may know is kept as it is.
  enum: (_def, value) => (typeof value === 'string' ? value : wrongKind(value, 'a text')),
  boolean: (_def, value) => (typeof value === 'boolean' ? value : wrongKind(value, 'true or false')),
  number: (_def, value, { name }) => {
    if (typeof value !== 'number') return wrongKind(value, 'a number');
    const why = numberProblem(name, value);
    // Minus zero is zero.
    return why === null ? value + 0 : new Unfit(why);
  },
  nullable: ({ innerType }, value, at, fitting) => {
    if (value === null) return null;
    const before = fitting.unknown.length;
    const fit = fitTo(innerType as Schema, value, at, fitting);
    if (!(fit instanceof Unfit)) return fit;
    fitting.unknown.length = before;
    fitting.unknown.push({ path: at.path, kind: 'unparsed', reason: fit.reason });
    return null;
  },
  optional: ({ innerType }, value, at, fitting) => (value === undefined ? undefined : fitTo(innerType as Schema, value, at, fitting)),
  array: ({ element }, value, { path, name }, fitting) => {
    if (!Array.isArray(value)) return wrongKind(value, 'a list');
    return all(value.map((item, index) => fitTo(element as Schema, item, { path: `${path}[${index}]`, name }, fitting)));
  },
  record: ({ valueType }, value, { path, name }, fitting) => {
    if (!isMap(value)) return wrongKind(value, 'a map');
    const entries = Object.entries(value).map(
      ([key, each]) => [key, fitTo(valueType as Schema, each, { path: `${path}.${key}`, name }, fitting)] as const,
    );
    return entries.map(([, fit]) => fit).find((fit) => fit instanceof Unfit) ?? Object.fromEntries(entries);
  },
  object: ({ shape }, value, { path }, fitting) => {
    if (!isMap(value)) return wrongKind(value, 'a map');
    const fit: Record<string, unknown> = {};
    for (const [key, schema] of Object.entries(shape as Record<string, Schema>)) {
      const each =
        key in value
          ? fitTo(schema, value[key], { path: `${path}.${key}`, name: key }, fitting)
          : missing(schema, `${path}.${key}`, fitting);
      if (each instanceof Unfit) return each;
      if (each !== undefined) fit[key] = each;
    }
    for (const [key, each] of Object.entries(value)) if (!(key in fit)) fit[key] = withoutWildNumbers(each);
    return fit;
  },
};

function fitTo(schema: Schema, value: unknown, at: At, fitting: Fitting): unknown {
  const def = schema._zod.def as Definition;
  const byType = FITS[def.type];
  return byType === undefined ? value : byType(def, value, at, fitting);
}

function missing(schema: Schema, path: string, fitting: Fitting): unknown {
  const { type } = schema._zod.def as Definition;
  if (type === 'optional') return undefined;
  // A map that must be there may still hold nothing that is known.
  if (type === 'object') return fitTo(schema, {}, { path, name: path }, fitting);
  if (type !== 'nullable') return new Unfit(`${NOT_PLAUSIBLE} no ${path}`);
  fitting.unknown.push({ path, kind: 'absent', reason: fitting.missing });
  return null;
}

function numberProblem(name: string, value: number): string | null {
  if (!Number.isFinite(value)) return `${NOT_PLAUSIBLE} a number beyond all`;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return `${NOT_PLAUSIBLE} a number above 2^53, which is not exact`;
  return implausible(name, value);
}

function all(fits: unknown[]): unknown {
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
