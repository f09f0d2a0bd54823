import { readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import type { RunningProgram } from '../../core/host.ts';

/** What the kernel writes behind the path of a program whose file was replaced while it ran. */
const REPLACED = / \(deleted\)$/;

/** The programs of these processes; a process of the kernel has none. */
export function programs(pids: readonly number[]): RunningProgram[] {
  return pids.flatMap((pid) => {
    const program = programOf(pid);
    return program === '' ? [] : [{ pid, program }];
  });
}

/** Empty where it is gone or not to be seen. */
export function programOf(pid: number): string {
  try {
    return programAt(readlinkSync(`/proc/${pid}/exe`));
  } catch {
    return '';
  }
}

/** The name of the program to which /proc/PID/exe leads. */
export function programAt(link: string): string {
  return basename(link.replace(REPLACED, ''));
}
