import { onNode } from '../../core/command.ts';
import { type Rule, rule } from '../../core/rule.ts';
import { ageInWords, listed, many, sizeInWords } from '../../core/units.ts';
import type { System } from './section.ts';

const MIB = 1024 * 1024;

const memory = rule<System>()({
  name: 'memory',
  severity: 'warning',
  about: 'Little memory is left that programs could get without swapping.',
  source: 'KruxOS (85); Orama for profile orama (90)',
  levels: { used_pct: 85 },
  orama: { used_pct: 90 },
  needs: ['mem_use_pct'],
  find: ({ mem_use_pct: used, mem_available_mb: available, mem_total_mb: total }, { used_pct }) =>
    used <= used_pct
      ? []
      : [
          {
            subject: 'memory',
            message: `Memory ${used}% used (limit ${used_pct}%)${available === null || total === null ? '' : `: ${sizeInWords(available * MIB)} of ${sizeInWords(total * MIB)} available`}`,
            evidence: {
              asked: '/proc/meminfo',
              answered: `MemAvailable ${available ?? '?'} MiB of ${total ?? '?'} MiB`,
              limit: `${used_pct}%`,
            },
            next: onNode`ps -eo pid,rss,comm --sort -rss | head -15`,
          },
        ],
});

const swap = rule<System>()({
  name: 'swap',
  severity: 'info',
  about: 'Swap is in use; a warning from the amount on, or when much of it is cached, which is a sign of recent pressure.',
  source: 'Orama (30 %) and ByteLyst (1.5 GiB used, 200 MiB cached)',
  levels: { used_pct: 30, used_mb: 1536, cached_mb: 200 },
  needs: ['swap_total_mb', 'swap_used_mb'],
  find: ({ swap_total_mb: total, swap_used_mb: used, swap_cached_mb: cached }, { used_pct, used_mb, cached_mb }) => {
    if (total === 0) return [];
    const pct = Math.floor((used / total) * 100);
    const much = [
      ...(used > used_mb ? [`more than ${sizeInWords(used_mb * MIB)} in use`] : []),
      ...(cached !== null && cached > cached_mb ? [`${sizeInWords(cached * MIB)} of it cached, so memory was short of late`] : []),
    ];
    if (pct <= used_pct && much.length === 0) return [];
    return [
      {
        subject: 'swap',
        severity: much.length === 0 ? ('info' as const) : ('warning' as const),
        message: `Swap ${pct}% used (${sizeInWords(used * MIB)} of ${sizeInWords(total * MIB)})${much.length === 0 ? '' : `: ${listed(much)}`}`,
        evidence: {
          asked: '/proc/meminfo',
          answered: `${used} of ${total} MiB used, ${cached ?? '?'} MiB cached`,
          limit: `info above ${used_pct}%, warning above ${used_mb} MiB used or ${cached_mb} MiB cached`,
        },
        next: onNode`ps -eo pid,rss,comm --sort -rss | head -15`,
      },
    ];
  },
});

const oom = rule<System>()({
  name: 'oom',
  severity: 'critical',
  about: 'The kernel killed processes for lack of memory since the last look; kills of unknown age are told as info.',
  source: 'Orama',
  levels: { kills: 0 },
  needs: ['oom_kills'],
  find: ({ oom_kills: all, oom_kills_new: fresh, rates_over_s: over, uptime_seconds: up }, { kills }) => {
    if ((fresh ?? all) <= kills) return [];
    const since =
      fresh === null
        ? `since boot${up === null ? '' : `, ${ageInWords(up)} ago`}`
        : over === null
          ? 'since the last look'
          : `in the last ${ageInWords(over)}`;
    return [
      {
        subject: 'oom',
        severity: fresh === null ? ('info' as const) : ('critical' as const),
        message: `The kernel killed ${many(fresh ?? all, 'process', 'processes')} for lack of memory ${since}`,
        evidence: {
          asked: '/proc/vmstat',
          answered: `oom_kill ${all}${fresh === null ? ', no earlier look to compare with' : `, ${fresh} of them new`}`,
          limit: `${kills}`,
        },
        next: onNode`sudo journalctl -k -n 20 --grep ${'out of memory|oom-kill'}`,
      },
    ];
  },
});

/** What may be wrong with the memory. */
export const memoryRules: readonly Rule[] = [memory, swap, oom];
