import { type Ask, once } from '../../core/ask.ts';
import type { JournalLine } from '../../core/host.ts';
import { type ProcessStat, processStats, readerOf } from '../../core/process-stat.ts';
import type { Profile } from '../../core/profile.ts';
import { type AskedSection, always } from '../../core/section.ts';
import { absent } from '../../core/unknown.ts';
import { orphans } from './orphans.ts';
import { isPanicLine } from './panic-line.ts';
import type { Process, Processes } from './section.ts';

/** More are counted, but not listed. */
const LISTED = 20;
const HOUR_S = 3600;
/** The newest lines of a unit that are looked at. */
const LINES = 500;
const KEPT_LINES = 3;
const KEPT_LENGTH = 300;

/** The processes of /proc, and panics in the logs of the units that the profile names. */
export function collect(ask: Ask, profile: Profile): AskedSection<Processes> {
  const { log_units: units } = profile.processes;
  const all = ask.readEach('/proc/*/stat', processStats);
  const reader = ask.readEach('/proc/*/stat', readerOf);
  // What ward itself started for this report, and has yet to collect, is no zombie of the machine.
  const zombies = once(() => byPid(all().filter(({ state, ppid }) => state === 'Z' && ppid !== reader())));
  const adrift = orphans(ask, all, profile);
  // Asked once systemd has answered, as other collectors do: so one look at the journal serves all of them.
  const answered = ask.all(
    units.map((unit) => ask.unit(unit)),
    () => null,
  );
  const logs = units.map((unit) => ({ unit, lines: ask.after(answered, () => ask.journal(unit, HOUR_S, LINES)) }));
  const panics = logs.map(({ unit, lines }) => ({ unit, found: once(() => lines().filter(isPanic)) }));

  return always<Processes>({
    total: () => all().length,
    zombie_count: () => zombies().length,
    zombies: () => zombies().slice(0, LISTED).map(shownProcess),
    orphan_count: () => adrift().length,
    orphans: () => byPid(adrift()).slice(0, LISTED).map(shownProcess),
    panic_count: units.length === 0 ? noUnit : () => panics.reduce((sum, { found }) => sum + found().length, 0),
    panics:
      units.length === 0
        ? noUnit
        : panics.map(({ unit, found }) => ({
            unit,
            count: () => found().length,
            last_lines: () =>
              found()
                .slice(-KEPT_LINES)
                .map(({ text }) => text.slice(0, KEPT_LENGTH)),
          })),
  });
}

function noUnit(): never {
  throw absent('no unit is named for this');
}

function isPanic({ text }: JournalLine): boolean {
  return isPanicLine(text);
}

function byPid(processes: readonly ProcessStat[]): ProcessStat[] {
  return [...processes].sort((a, b) => a.pid - b.pid);
}

function shownProcess({ pid, ppid, state, name }: ProcessStat): Process {
  return { pid, ppid, state, command: name };
}
