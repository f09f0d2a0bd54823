import { type Answer, type Ask, orNull } from '../../core/ask.ts';
import type { Unit } from '../../core/host.ts';
import type { ProcessStat } from '../../core/process-stat.ts';
import type { Profile } from '../../core/profile.ts';
import { absent } from '../../core/unknown.ts';

/** Processes of the profile's programs that nobody owns any more: adopted by process 1, and not the main process of a unit. */
export function orphans(ask: Ask, all: () => ProcessStat[], profile: Profile): () => ProcessStat[] {
  const { orphan_names: names } = profile.processes;
  if (names.length === 0)
    return () => {
      throw absent('the profile names no process to look for');
    };
  const owners = profile.services.units.map((name) => ask.unit(name));
  const further = ask.each(furtherUnits(ask, profile), (name) => ask.unit(name));
  return () => {
    const adopted = all().filter(({ ppid, name, state }) => ppid === 1 && state !== 'Z' && names.some((each) => name.includes(each)));
    const owned = new Set([...owners.map(mainPid), ...(orNull(further) ?? []).map((unit) => orNull(() => mainPid(unit)))]);
    return adopted.filter(({ pid }) => !owned.has(pid));
  };
}

/** Active units of the same programs that the profile does not name, such as those of a namespace. */
function furtherUnits(ask: Ask, { processes: { orphan_names: names }, services: { units } }: Profile): Answer<string[]> {
  const active = ask.units('active');
  return ask.all([active], () =>
    active().filter((unit) => unit.endsWith('.service') && names.some((name) => unit.includes(name)) && !units.includes(unit)),
  );
}

function mainPid(unit: Answer<Unit>): number | null {
  return unit().main_pid;
}
