import { readFileSync } from 'node:fs';
import { processesOf } from './control-group.ts';
import { LabError, type Ran, ran, run, type RunOptions, type Words } from './run.ts';
import type { LabHost } from './state.ts';

const CLEAN = ['/usr/bin/env', '-i', 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'LC_ALL=C', 'HOME=/root'];

/** Runs a program on the host from outside, through its namespaces: also where its sshd does not answer. */
export function inside(host: LabHost, words: readonly string[], options: RunOptions = {}): string {
  return run(entering(host, words), options);
}

/** The same, with the exit code as an answer. */
export function askedInside(host: LabHost, words: readonly string[], options: RunOptions = {}): Ran {
  return ran(entering(host, words), options);
}

/** The words that run these on the host from outside, with a clean environment. */
export function entering(host: LabHost, words: readonly string[]): Words {
  return ['nsenter', '-t', String(initPid(host)), '-a', '--', ...CLEAN, ...words];
}

/** The process that is number 1 on the host. */
function initPid(host: LabHost): number {
  const pid = findInit(host);
  if (pid === null) throw new LabError(`host ${host.name} is not running; start it again with: npm run lab -- up`);
  return pid;
}

/** Whether the host runs, with nspawn watching over it. */
export function isRunning(host: LabHost): boolean {
  return findInit(host) !== null;
}

/** The child of nspawn that is systemd already; null while there is none. */
function findInit({ machine }: LabHost): number | null {
  const supervisors = new Set(processesOf(machine, 'supervisor'));
  return processesOf(machine, 'payload').find((pid) => isInit(pid, supervisors)) ?? null;
}

function isInit(pid: number, supervisors: ReadonlySet<number>): boolean {
  try {
    const [, name, rest = ''] = /^\d+ \((.*)\) (.*)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return name === 'systemd' && supervisors.has(Number(rest.split(' ')[1]));
  } catch {
    return false;
  }
}
