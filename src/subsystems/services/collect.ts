import { type Answer, type Ask, once, orNull } from '../../core/ask.ts';
import type { Unit } from '../../core/host.ts';
import { PROFILES, type Profile } from '../../core/profile.ts';
import { type AskedSection, when } from '../../core/section.ts';
import { counted, cpuNsec, grown, restartCount } from './counters.ts';
import { failedUnits, lastLines, texts } from './failed-units.ts';
import { loopSeen } from './restart-loop.ts';
import { isPatterned, otherUnits } from './other-units.ts';
import type { Services } from './section.ts';
import { type Facts, restarting, serviceFields } from './service-fields.ts';
import { shortName } from './unit-name.ts';

/** A unit's full name and what systemd says of it. */
interface AskedUnit {
  name: string;
  unit: Answer<Unit>;
}

/** The units that somebody expects here, those that start with the machine, and those that failed. */
export function collect(ask: Ask, profile: Profile): AskedSection<Services> {
  const named = [...new Set(profile.services.units)];
  const own = named.map((name): AskedUnit => ({ name, unit: ask.unit(name) }));
  const clock = ask.clock();
  const failing = ask.units('failed');
  const { patterns } = profile.services;
  const others = otherUnits(ask, named, patterns);
  const further = ask.each(others, (name): AskedUnit => ({ name, unit: ask.unit(name) }));

  const every = ask.all([others], () => [...named, ...(orNull(others) ?? [])]);
  const restarts = ask.since('services.restarts', counted(ask, every, restartCount));
  const cpu = ask.change('services.cpu', (at) => counted(at, every, cpuNsec));
  const facts: Facts = { clock, recent: once(() => grown(restarts())), cpu };

  const units = ask.after(further, (all) =>
    ask.all(
      [...own, ...all].map(({ unit }) => unit),
      () => [...own, ...all],
    ),
  );
  const loops = ask.all([units, restarts, clock], () => [...(orNull(units) ?? own)].filter((unit) => isLooping(unit, facts)));
  const looping = ask.each(loops, ({ name }) => ({ name, log: lastLines(ask, name) }));

  return when<Services>(() => answers([failing, ...own.map(({ unit }) => unit)]), {
    services: own.map(({ name, unit }) => ({
      ...serviceFields(name, unit, facts),
      watch: isRequired(name, profile) ? ('required' as const) : ('profile' as const),
    })),
    failed_units: failing,
    failed: failedUnits(ask, failing, { named, answered: units }, clock),
    looping: () => looping().map(({ name, log }) => ({ name: shortName(name), log: () => texts(log()) })),
    others: () =>
      further().map(({ name, unit }) => ({
        ...serviceFields(name, unit, facts),
        watch: isPatterned(name, patterns) ? ('profile' as const) : ('enabled' as const),
      })),
    restarts_recent: facts.recent,
  });
}

/** Units of profile orama need not be on every node; those that the node's own file names must be. */
function isRequired(name: string, { name: profile, services }: Profile): boolean {
  return services.required || !PROFILES[profile].services.units.includes(name);
}

function isLooping({ name, unit }: AskedUnit, { clock, recent }: Facts): boolean {
  return orNull(() => loopSeen(restarting(name, unit(), clock), orNull(recent))) !== null;
}

/** True as soon as systemd answered anything; else why it did not. */
function answers([first, ...more]: readonly Answer<unknown>[]): boolean {
  if (more.some((answer) => orNull(answer) !== null)) return true;
  first?.();
  return true;
}
