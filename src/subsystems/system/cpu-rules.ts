import { onNode } from '../../core/command.ts';
import { type Rule, rule } from '../../core/rule.ts';
import { ageInWords, percent } from '../../core/units.ts';
import type { System } from './section.ts';

const cpu = rule<System>()({
  name: 'cpu',
  severity: 'warning',
  about: 'The CPUs are busy for minutes on end.',
  source: 'KruxOS: above 90 % for 5 min',
  levels: { busy_pct: 90, for_s: 300 },
  needs: ['cpu_use_pct'],
  find: ({ cpu_use_pct: busy, cpu_count: cpus, rates_over_s, heaviest }, { busy_pct, for_s }) => {
    if (busy <= busy_pct) return [];
    const most = [...(heaviest ?? [])].sort((a, b) => b.cpu_pct - a.cpu_pct)[0];
    return [
      {
        subject: 'cpu',
        message: `CPU ${percent(busy, true)} busy (limit ${busy_pct}%)${most === undefined ? '' : `, most of all ${most.name} with ${percent(most.cpu_pct)} of one core`}`,
        evidence: {
          asked: '/proc/stat',
          answered: `${cpus ?? '?'} CPUs ${percent(busy, true)} busy${over(rates_over_s)}`,
          limit: `${busy_pct}% for ${ageInWords(for_s)}`,
        },
        next: onNode`top -b -n 1 -o %CPU | head -20`,
        for_s,
      },
    ];
  },
});

const steal = rule<System>()({
  name: 'steal',
  severity: 'warning',
  about: 'The hypervisor gives the CPU to other machines while this one wants it; levels in percent.',
  source: 'ByteLyst',
  levels: { warning: 5, critical: 15 },
  needs: ['cpu_steal_pct'],
  find: ({ cpu_steal_pct: stolen, rates_over_s }, { warning, critical }) =>
    stolen <= warning
      ? []
      : [
          {
            subject: 'steal',
            severity: stolen > critical ? ('critical' as const) : ('warning' as const),
            message: `CPU steal ${percent(stolen, true)} (limit ${stolen > critical ? critical : warning}%): the hypervisor withholds CPU`,
            evidence: {
              asked: '/proc/stat',
              answered: `steal ${percent(stolen, true)}${over(rates_over_s)}`,
              limit: `warning above ${warning}%, critical above ${critical}%`,
            },
            next: onNode`vmstat 1 10`,
          },
        ],
});

function over(seconds: number | null): string {
  return seconds === null ? '' : ` over ${ageInWords(seconds)}`;
}

const load = rule<System>()({
  name: 'load',
  severity: 'warning',
  about: 'Many more tasks want to run, or wait for a disk, than there are CPUs.',
  source: 'Orama: load of 1 min over CPUs',
  levels: { per_cpu: 2 },
  needs: ['load_avg_1', 'cpu_count'],
  find: ({ load_avg_1: one, load_avg_5: five, load_avg_15: fifteen, cpu_count: cpus }, { per_cpu }) =>
    cpus === 0 || one / cpus <= per_cpu
      ? []
      : [
          {
            subject: 'load',
            message: `Load ${one} is ${(one / cpus).toFixed(1)} for each of ${cpus} CPUs (limit ${per_cpu})`,
            evidence: {
              asked: '/proc/loadavg',
              answered: `${one} ${five ?? '?'} ${fifteen ?? '?'} on ${cpus} CPUs`,
              limit: `${per_cpu} for each CPU`,
            },
            next: onNode`top -b -n 1 | head -20`,
          },
        ],
});

/** What may be wrong with the CPUs. */
export const cpuRules: readonly Rule[] = [cpu, steal, load];
