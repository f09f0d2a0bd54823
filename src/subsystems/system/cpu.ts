import type { Change } from '../../core/ask.ts';
import { tenths } from '../../core/tenths.ts';
import { failed, unparsed } from '../../core/unknown.ts';

/** CPU time since boot of all CPUs together, in ticks. */
export interface CpuTimes {
  total: number;
  idle: number;
  iowait: number;
  steal: number;
}

/** The first line of /proc/stat (proc_stat(5)). Guest time is in user time already, so it is not added again. */
export function cpuTimes(text: string): CpuTimes {
  const [, line] = /^cpu +([\d ]+)$/m.exec(text) ?? [];
  const columns = line?.trim().split(' ').map(Number).slice(0, 8) ?? [];
  const [idle, iowait, steal] = [columns[3], columns[4], columns[7]];
  if (idle === undefined || iowait === undefined || steal === undefined) throw unparsed('no line cpu with 8 columns');
  return { total: columns.reduce((sum, ticks) => sum + ticks, 0), idle, iowait, steal };
}

/** How many CPUs are online: those with a line of their own. */
export function cpuCount(text: string): number {
  const count = [...text.matchAll(/^cpu\d+ /gm)].length;
  if (count === 0) throw unparsed('no line cpu0');
  return count;
}

/** Share of the time between two looks in which no CPU was idle or waiting for a disk. */
export function busyPct(change: Change<CpuTimes>): number {
  return percentOf(change, grown(change, 'total') - grown(change, 'idle') - grown(change, 'iowait'));
}

/** Share that the hypervisor withheld. */
export function stealPct(change: Change<CpuTimes>): number {
  return percentOf(change, grown(change, 'steal'));
}

/** Share in which a CPU had nothing to do but to wait for a disk. */
export function iowaitPct(change: Change<CpuTimes>): number {
  return percentOf(change, grown(change, 'iowait'));
}

function percentOf(change: Change<CpuTimes>, ticks: number): number {
  const total = grown(change, 'total');
  if (total === 0) throw failed('no tick of the CPU passed between two looks');
  return tenths((Math.max(0, ticks) / total) * 100);
}

function grown({ before, now }: Change<CpuTimes>, column: keyof CpuTimes): number {
  const by = now[column] - before[column];
  if (by < 0) throw unparsed(`/proc/stat: counter ${column} went back`);
  return by;
}

/** The three averages of /proc/loadavg. */
export function loadAverages(text: string): [number, number, number] {
  const [, one, five, fifteen] = /^(\d+\.\d+) (\d+\.\d+) (\d+\.\d+) /.exec(text) ?? [];
  if (one === undefined) throw unparsed('no three averages');
  return [Number(one), Number(five), Number(fifteen)];
}
