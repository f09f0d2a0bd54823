import { readFileSync } from 'node:fs';

/** The kernel counts processor time in hundredths of a second. */
export const TICK_MS = 10;

/** proc(5): ticks of its own time and that of its children that have ended. */
export function ticks(pid: number): number {
  return [11, 12, 13, 14].reduce((sum, at) => sum + Number(statOf(pid)[at]), 0);
}

/** The process that started it. */
export function parentOf(pid: number): number {
  return Number(statOf(pid)[1]);
}

/** Its share of memory, pages that others use as well counted in part. */
export function pssMib(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024;
}

/** What stands behind the name, from the state on. */
function statOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
}
