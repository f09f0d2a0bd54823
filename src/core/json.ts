import { unparsed } from './unknown.ts';

/** JSON that another program sent, read field by field: what is not as it should be throws an Unknown that names the field. */
export class Json {
  readonly value: unknown;
  /** As in `State.Health.Log[0]`; empty for the whole. */
  readonly path: string;

  constructor(value: unknown, path = '') {
    this.value = value;
    this.path = path;
  }

  /** The field of a field …, whether it is there or not. */
  at(...names: readonly string[]): Json {
    return names.reduce<Json>((from, name) => from.#field(name), this);
  }

  /** Whether it is there and not null. */
  get given(): boolean {
    return (this.value ?? null) !== null;
  }

  /** This, or where it is not given the other. */
  or(other: Json): Json {
    return this.given ? this : other;
  }

  get text(): string {
    return typeof this.value === 'string' ? this.value : this.#wrong('text');
  }

  get number(): number {
    return typeof this.value === 'number' ? this.value : this.#wrong('number');
  }

  /** A whole number from 0, also where it is written as text. */
  get count(): number {
    const { value } = this;
    const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
    return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : this.#wrong('count');
  }

  get boolean(): boolean {
    return typeof this.value === 'boolean' ? this.value : this.#wrong('true or false');
  }

  get list(): Json[] {
    return Array.isArray(this.value) ? this.value.map((item, at) => new Json(item, `${this.path}[${at}]`)) : this.#wrong('list');
  }

  /** The fields of an object. */
  get entries(): [name: string, field: Json][] {
    const { value } = this;
    if (!isObject(value)) return this.#wrong('object');
    return Object.keys(value).map((name) => [name, this.#field(name)]);
  }

  #field(name: string): Json {
    const { value } = this;
    const inner = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    return new Json(inner, this.path === '' ? name : `${this.path}.${name}`);
  }

  #wrong(wanted: string): never {
    const name = this.path === '' ? 'the answer' : this.path;
    throw unparsed(this.given ? `${name} is no ${wanted}` : `${name} is missing`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON in a text; throws an Unknown where there is none. */
export function json(text: string): Json {
  try {
    return new Json(JSON.parse(text));
  } catch {
    throw unparsed('the answer is no JSON');
  }
}
