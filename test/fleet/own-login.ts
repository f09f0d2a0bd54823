import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';

const FOUND = ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find((path) => existsSync(path)) ?? null;
const REASON =
  FOUND === null
    ? 'no sshd on this machine'
    : process.getuid?.() === 0 || loginWorks(FOUND)
      ? null
      : 'an sshd of this user lets nobody in here';

/** Where the server lies; null where it cannot serve here, and then these tests are skipped by name. */
export const SSHD = REASON === null ? FOUND : null;

/** For titles: why there is none, or nothing. */
export const WITHOUT_SSHD = REASON === null ? '' : ` (skipped: ${REASON})`;

/** Whether an sshd that this user starts lets this user in: not where the account is locked or has no shell. Tried once, through a pipe. */
function loginWorks(sshd: string): boolean {
  const folder = mkdtempSync('/tmp/ward-login-');
  const at = (name: string) => join(folder, name);
  try {
    for (const name of ['host', 'key']) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(name)]);
    writeFileSync(at('config'), `HostKey ${at('host')}\nAuthorizedKeysFile ${at('key')}.pub\nStrictModes no\nUsePAM no\nPidFile none\n`);
    writeFileSync(at('known'), `probe ${readFileSync(at('host.pub'), 'utf8')}`);
    const options = [
      `ProxyCommand=${sshd} -i -f ${at('config')}`,
      `UserKnownHostsFile=${at('known')}`,
      'BatchMode=yes',
      'IdentitiesOnly=yes',
      `User=${userInfo().username}`,
    ];
    const words = ['-F', '/dev/null', '-T', ...options.flatMap((option) => ['-o', option]), '-i', at('key'), 'probe', 'echo in'];
    return execFileSync('ssh', words, { encoding: 'utf8', timeout: 10_000, stdio: ['ignore', 'pipe', 'ignore'] }) === 'in\n';
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
