import { type Ask, asUnknown, FAULT } from './ask.ts';
import { asking } from './asking.ts';
import type { Host } from './host.ts';
import type { Profile } from './profile.ts';
import type { SectionState, UnknownEntry } from './report.ts';
import type { Sample } from './samples.ts';
import type { AskedSection } from './section.ts';
import { absent, failed, Unknown } from './unknown.ts';

/** Asks what it needs of the machine, then returns the section. It never awaits. */
export type Collector<T = unknown> = (ask: Ask, profile: Profile) => AskedSection<T>;

/** What all collectors together found out. */
export interface Collected {
  sections: Record<string, unknown>;
  states: Record<string, SectionState>;
  unknown: UnknownEntry[];
  /** One sentence for each thing that failed; absence is none. */
  errors: string[];
  sample: Sample | null;
}

/** Runs the collectors at once on one host: all questions leave together, then every field is worked out once. */
export async function collectAll(
  collectors: Readonly<Record<string, Collector>>,
  host: Host,
  profile: Profile,
  earlier: Sample | null,
): Promise<Collected> {
  const work = asking(host, earlier);
  const asked = Object.entries(collectors).map(([name, collect]) => [name, begun(collect, work.ask, profile)] as const);
  await work.quiet();
  work.close();

  const collected: Collected = { sections: {}, states: {}, unknown: [], errors: [], sample: work.sample() };
  for (const [name, section] of asked) settle(name, section, collected);
  collected.errors = errorsOf(collected.unknown);
  return collected;
}

function begun(collect: Collector, ask: Ask, profile: Profile): AskedSection<unknown> | Unknown {
  try {
    return collect(ask, profile);
  } catch (error) {
    return faultOf(error);
  }
}

function settle(name: string, section: AskedSection<unknown> | Unknown, into: Collected): void {
  const why = section instanceof Unknown ? section : stateOf(section);
  if (why === null && !(section instanceof Unknown)) {
    into.states[name] = 'ok';
    into.sections[name] = settled(section.fields, name, into.unknown);
    return;
  }
  const { kind, reason } = why ?? failed('nothing came');
  into.states[name] = kind === 'absent' ? 'absent' : 'unknown';
  into.sections[name] = null;
  into.unknown.push({ path: name, kind, reason });
}

function stateOf(section: AskedSection<unknown>): Unknown | null {
  try {
    const here = section.here();
    if (here instanceof Unknown) return here;
    return here ? null : absent('not here');
  } catch (error) {
    return faultOf(error);
  }
}

/** The value with every function called; what is unknown becomes null and an entry of its own. */
function settled(value: unknown, path: string, unknown: UnknownEntry[]): unknown {
  if (typeof value === 'function') return settled(called(value as () => unknown), path, unknown);
  if (value instanceof Unknown) {
    unknown.push({ path, kind: value.kind, reason: value.reason });
    return null;
  }
  if (Array.isArray(value)) return value.map((item, index) => settled(item, `${path}[${index}]`, unknown));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, settled(field, `${path}.${key}`, unknown)]));
  }
  if (value === undefined || value === null || (typeof value === 'number' && !Number.isFinite(value))) {
    return settled(faultOf(new Error(`the value is ${String(value)}`)), path, unknown);
  }
  return value;
}

function called(field: () => unknown): unknown {
  try {
    return field();
  } catch (error) {
    return faultOf(error);
  }
}

/** What is thrown and is no Unknown is our own mistake: said as such, so that a test and a reader see it. */
function faultOf(error: unknown): Unknown {
  if (error instanceof Unknown) return error;
  return failed(`${FAULT}: ${asUnknown(error).reason}`);
}

function errorsOf(unknown: readonly UnknownEntry[]): string[] {
  return [...new Set(unknown.filter(({ kind }) => kind !== 'absent').map(({ reason }) => reason))];
}
