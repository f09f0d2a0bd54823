import { onNode } from '../../core/command.ts';
import { type Rule, rule } from '../../core/rule.ts';
import { many } from '../../core/units.ts';
import type { Process, Processes } from './section.ts';

const zombies = rule<Processes>()({
  name: 'zombies',
  severity: 'info',
  about: 'Processes have ended and their parents do not collect them: each keeps its number until the parent ends.',
  source: 'Orama',
  levels: { count: 0 },
  needs: ['zombie_count', 'zombies'],
  find: ({ zombie_count: all, zombies: some }, { count }) => {
    if (all <= count) return [];
    const parent = commonest(some);
    return [
      {
        subject: 'zombies',
        message: `${many(all, 'process has', 'processes have')} ended and ${all === 1 ? 'is' : 'are'} not collected by the parent: ${named(some)}`,
        evidence: {
          asked: '/proc/*/stat',
          answered: `${many(all, 'process', 'processes')} in state Z, most of parent ${parent}`,
          limit: `${count}`,
        },
        next: onNode`ps -o pid,ppid,lstart,cmd -p ${parent}`,
      },
    ];
  },
});

/** The parent of most of them. */
function commonest(zombies: readonly Process[]): number {
  const counts = new Map<number, number>();
  for (const { ppid } of zombies) counts.set(ppid, (counts.get(ppid) ?? 0) + 1);
  return [...counts].sort(([a, some], [b, more]) => more - some || a - b)[0]?.[0] ?? 1;
}

/** `rqlited (pid 12), olric (pid 13) and more`. */
function named(processes: readonly Process[]): string {
  const shown = processes.slice(0, 3).map(({ command, pid }) => `${command} (pid ${pid})`);
  return `${shown.join(', ')}${processes.length > 3 ? ' and more' : ''}`;
}

const orphans = rule<Processes>()({
  name: 'orphans',
  severity: 'info',
  about: "A program of the profile runs without belonging to its unit, often left over from a crash: it may hold the unit's port or files.",
  source: 'Orama',
  levels: { count: 0 },
  needs: ['orphan_count', 'orphans'],
  find: ({ orphan_count: all, orphans: some }, { count }) =>
    all <= count
      ? []
      : [
          {
            subject: 'orphans',
            message: `${many(all, 'process runs', 'processes run')} without a unit: ${named(some)}`,
            evidence: {
              asked: '/proc/*/stat',
              answered: `${many(all, 'process', 'processes')} adopted by process 1 and not the main process of a unit`,
              limit: `${count}`,
            },
            next: onNode`ps -o pid,lstart,cmd -p ${some.map(({ pid }) => pid).join(',')}`,
          },
        ],
});

const panics = rule<Processes>()({
  name: 'panics',
  severity: 'critical',
  about: 'A program wrote in its log that it panicked or met a fatal error, in the last hour.',
  source: 'Orama',
  levels: { count: 0 },
  // The count is unknown as soon as one unit's log could not be read: then nothing is passed.
  needs: ['panics', 'panic_count'],
  find: (section, { count }) =>
    section.panics.flatMap(({ unit, count: seen, last_lines }) =>
      seen === null || seen <= count
        ? []
        : [
            {
              subject: unit,
              message: `${unit.replace(/\.service$/, '')} wrote ${many(seen, 'panic or fatal error', 'panics or fatal errors')} to its log in the last hour`,
              evidence: { asked: `journal of ${unit}, last hour`, answered: many(seen, 'line'), limit: `${count}` },
              next: onNode`sudo journalctl -u ${unit} --since -1h -n 200`,
              log: last_lines ?? [],
            },
          ],
    ),
});

/** What may be wrong with processes. */
export const rules: readonly Rule[] = [zombies, orphans, panics];
