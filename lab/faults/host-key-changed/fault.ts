import { readFileSync, rmSync } from 'node:fs';
import type { Fault } from '../../faults.ts';
import { putUnder } from '../../host-files/put.ts';
import { rootOf } from '../../hosts.ts';
import { inside } from '../../inside.ts';
import { hostKey } from '../../keys.ts';
import { ran, until } from '../../run.ts';
import { sshWords, UNATTENDED } from '../../ssh.ts';
import { signalSshds } from '../../sshd.ts';
import type { LabHost } from '../../state.ts';

const KEY = '/etc/ssh/ssh_host_ed25519_key';

/** The host shows another key than the one that is known for it. */
export const fault: Fault = {
  about: 'The host shows another key than the known one, as after a new installation or with somebody in between.',
  host: 'ns3',
  async break(host) {
    for (const path of [KEY, `${KEY}.pub`]) rmSync(`${rootOf(host)}${path}`, { force: true });
    inside(host, ['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', KEY]);
    restartSshd(host);
    const refused = () => ran(sshWords(host, ['true'], UNATTENDED)).stderr.includes('HOST IDENTIFICATION HAS CHANGED');
    await until(`${host.name} shows its new key`, 20, refused);
  },
  async mend(host) {
    const { path } = hostKey(host.name);
    const put = putUnder(rootOf(host));
    put(KEY, readFileSync(path, 'utf8'), 0o600);
    put(`${KEY}.pub`, readFileSync(`${path}.pub`, 'utf8'));
    restartSshd(host);
    await until(`${host.name} shows its known key`, 20, () => ran(sshWords(host, ['true'], UNATTENDED)).exit === 0);
  },
};

/** With its sessions, for one that is kept open shows no key any more. */
function restartSshd(host: LabHost): void {
  inside(host, ['systemctl', 'stop', 'ssh']);
  signalSshds(host, 'SIGKILL');
  inside(host, ['systemctl', 'start', 'ssh']);
}
