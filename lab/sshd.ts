import { readFileSync } from 'node:fs';
import { processesOf } from './control-group.ts';
import type { LabHost } from './state.ts';

/** The host's sshd: the one that listens, and one for each session. */
export function sshdsOf({ machine }: LabHost): number[] {
  return processesOf(machine, 'payload').filter((pid) => nameOf(pid) === 'sshd');
}

/** Sends a signal to each of the host's sshd. */
export function signalSshds(host: LabHost, signal: NodeJS.Signals): void {
  for (const pid of sshdsOf(host)) {
    try {
      process.kill(pid, signal);
    } catch {
      // A session that just ended.
    }
  }
}

function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}
