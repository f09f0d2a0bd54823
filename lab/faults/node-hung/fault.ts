import { readFileSync } from 'node:fs';
import type { Fault } from '../../faults.ts';
import { ran, until } from '../../run.ts';
import { sshWords, UNATTENDED } from '../../ssh.ts';
import { signalSshds, sshdsOf } from '../../sshd.ts';

/** The host takes connections and never says a word, in open sessions too. */
export const fault: Fault = {
  about: "The host's sshd is stopped, with its sessions: connections are taken, and nothing is ever answered.",
  host: 'ns2',
  async break(host) {
    const stopped = () => {
      signalSshds(host, 'SIGSTOP');
      return sshdsOf(host).every((pid) => stateOf(pid) === 'T');
    };
    await until(`every sshd of ${host.name} is stopped`, 10, stopped);
  },
  async mend(host) {
    signalSshds(host, 'SIGCONT');
    await until(`ssh lets us in to ${host.name}`, 20, () => ran(sshWords(host, ['true'], UNATTENDED)).exit === 0);
  },
};

function stateOf(pid: number): string {
  try {
    return /^State:\s*(\S)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '';
  } catch {
    return 'T';
  }
}
