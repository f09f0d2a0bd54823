import type { Answer, Ask, Change } from '../../core/ask.ts';
import { orNull } from '../../core/ask.ts';
import type { Unit } from '../../core/host.ts';
import type { Restarts } from './section.ts';
import { shortName } from './unit-name.ts';

/** A counter of each unit by its full name; units that do not have it are left out. */
export type Counters = Record<string, number>;

export const restartCount = ({ n_restarts }: Unit) => n_restarts;
export const cpuNsec = ({ cpu_nsec }: Unit) => cpu_nsec;

/** One look at a counter of all these units. */
export function counted(at: Ask, names: Answer<readonly string[]>, counter: (unit: Unit) => number | null): Answer<Counters> {
  return at.after(names, (all) => {
    const units = all.map((name) => [name, at.unit(name)] as const);
    return at.all(
      units.map(([, unit]) => unit),
      () =>
        Object.fromEntries(
          units.flatMap(([name, unit]) =>
            valueOf(
              name,
              orNull(() => counter(unit())),
            ),
          ),
        ),
    );
  });
}

function valueOf(name: string, value: number | null): [string, number][] {
  return value === null ? [] : [[name, value]];
}

/** Which units restarted between two looks. A counter that went back began anew when somebody started the unit. */
export function grown({ before, now, seconds }: Change<Counters>): Restarts {
  const units = Object.entries(now).flatMap(([name, count]) => {
    const earlier = before[name];
    const by = earlier === undefined ? 0 : count < earlier ? count : count - earlier;
    return by === 0 ? [] : [{ name: shortName(name), count: by }];
  });
  return { seconds: Math.round(seconds), units };
}
