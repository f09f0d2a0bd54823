import { type Answer, type Ask, present } from './ask.ts';
import type { Unit } from './host.ts';
import { askableAt, listening } from './sockets.ts';
import { absent, Unknown, type UnknownKind } from './unknown.ts';

/** A unit of systemd by its name. */
export interface NamedUnit {
  name: string;
  unit: Unit;
}

/** A program that serves on this machine, found without connecting to anything that is not there. */
export interface Server {
  /** The first of its units that is installed; absent if none is. */
  unit: () => NamedUnit;
  /** `HOST:PORT` where it may be asked; absent if nothing listens on its port. */
  place: Answer<string>;
}

/** Looks for a program by the units that may run it and the `HOST:PORT` where it serves. */
export function serverOf(ask: Ask, units: readonly string[], to: string): Server {
  return { unit: unitOf(ask, units), place: placeOf(ask, to) };
}

/** The first of these units that is installed; absent if none is. */
export function unitOf(ask: Ask, names: readonly string[]): () => NamedUnit {
  const asked = names.map((name) => ({ name, unit: ask.unit(name) }));
  return () => {
    const found = asked.find(({ unit }) => present(() => installed(unit())));
    if (found === undefined) throw absent(`no unit ${names.join(' or ')} is installed`);
    return { name: found.name, unit: found.unit() };
  };
}

/** Where a `HOST:PORT` may be asked; absent if nothing listens on its port. */
export function placeOf(ask: Ask, to: string): Answer<string> {
  const sockets = listening(ask, 'tcp');
  return ask.all([sockets], () => askableAt(sockets(), to));
}

/** The unit itself; absent where it is not installed. */
export function installed(unit: Unit): Unit {
  if (unit.load_state === 'not-found') throw absent('the unit is not installed');
  return unit;
}

/** What systemd says of a unit; absent where it says "not set". */
export function told(value: number | null, what: string): number {
  if (value === null) throw absent(`systemd does not say ${what}`);
  return value;
}

/** True if any sign of a thing is there for certain; else what was not known, if anything; else absent, for this reason. */
export function anySign(signs: readonly (() => boolean)[], none: string): true | Unknown {
  const outcomes = signs.map(outcomeOf);
  return outcomes.includes(true) || (outcomes.find((each) => each instanceof Unknown) ?? absent(none));
}

function outcomeOf(sign: () => boolean): boolean | Unknown {
  try {
    return sign();
  } catch (error) {
    if (!(error instanceof Unknown)) throw error;
    return error.kind === 'absent' ? false : error;
  }
}

/** Whether what answers at a place is the thing itself; one that takes connections and stays silent may be it, so that is thrown on. */
export function isItself(answer: () => unknown): boolean {
  return isGood(answer, ['denied', 'timeout']);
}

/** Whether a good answer came: no or a bad one is false, but one refused to us and a question that never left are thrown on. */
export function works(answer: () => unknown): boolean {
  return isGood(answer, ['denied']);
}

/** False for a bad answer or none, but for these kinds and a question that never left. */
function isGood(answer: () => unknown, thrown: readonly UnknownKind[]): boolean {
  try {
    answer();
    return true;
  } catch (error) {
    if (error instanceof Unknown && error.asked && !thrown.includes(error.kind)) return false;
    throw error;
  }
}
