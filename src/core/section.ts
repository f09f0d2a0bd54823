import type { Unknown } from './unknown.ts';

/** How a section's value is given by a collector: where it may be null, also as an Unknown or as a function of answers. */
export type Asked<T> = null extends T ? Fields<NonNullable<T>> | Unknown | (() => Fields<NonNullable<T>> | Unknown) : Fields<T>;

/** The fields of a section or an item, each as asked. */
export type Fields<T> = T extends string | number | boolean
  ? T
  : T extends readonly (infer I)[]
    ? readonly Asked<I>[]
    : { readonly [K in keyof T]: Asked<T[K]> };

/** What a collector returns: whether the subsystem is here at all, and its fields. */
export interface AskedSection<T> {
  /** True if here; an Unknown (returned or thrown) is the state of the whole section. */
  here: () => boolean | Unknown;
  /** As a function where the section is a list that an answer brings. */
  fields: Fields<T> | (() => Fields<T>);
}

/** A section that every machine has. */
export function always<T>(fields: Fields<T>): AskedSection<T> {
  return { here: () => true, fields };
}

/** A section that is there only if `here` says so. */
export function when<T>(here: () => boolean | Unknown, fields: AskedSection<T>['fields']): AskedSection<T> {
  return { here, fields };
}
