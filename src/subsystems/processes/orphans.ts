import type { Answer, Ask } from '../../core/ask.ts';
import type { Unit } from '../../core/host.ts';
import type { ProcessStat } from '../../core/process-stat.ts';
import type { Profile } from '../../core/profile.ts';
import { absent } from '../../core/unknown.ts';

/** Processes of the profile's programs that nobody owns any more: adopted by process 1, and not the main process of one of its units. */
export function orphans(
  ask: Ask,
  all: () => ProcessStat[],
  { processes: { orphan_names: names }, services: { units } }: Profile,
): () => ProcessStat[] {
  const owners = names.length === 0 ? [] : units.map((name) => ask.unit(name));
  return () => {
    if (names.length === 0) throw absent('the profile names no process to look for');
    const adopted = all().filter(({ ppid, name, state }) => ppid === 1 && state !== 'Z' && names.some((each) => name.includes(each)));
    const owned = new Set(owners.map(mainPid));
    return adopted.filter(({ pid }) => !owned.has(pid));
  };
}

function mainPid(unit: Answer<Unit>): number | null {
  return unit().main_pid;
}
