import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installNode, type Installed, type InstallOptions } from '../../src/fleet/install/install-node.ts';
import type { Admin } from '../../src/fleet/install/admin.ts';
import { privateFolder } from '../../src/fleet/ssh/private-folder.ts';
import { runSsh } from '../../src/fleet/ssh/run-ssh.ts';
import { sshOptions } from '../../src/fleet/ssh/words.ts';
import { installed, nodeOf, SSH, SSHD, type Sshd, startSshd } from '../fleet/sshd.ts';

/** The built ward, from which an install takes its agent. */
export const DIST = new URL('../../dist', import.meta.url).pathname;

/** Builds it, if anything changed. */
export function buildWard(): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: join(DIST, '..'), stdio: 'pipe' });
}

/** What must be there for these tests, and is not. */
export const MISSING = [
  ...(SSHD === null ? ['sshd'] : []),
  ...(process.getuid?.() === 0 ? [] : ['root']),
  ...['/usr/bin/sudo', '/usr/sbin/visudo', '/usr/sbin/useradd', '/usr/bin/unshare'].filter((path) => !installed(path)),
  ...(installed('/usr/bin/node') || installed('/usr/local/bin/node') ? [] : ['a system-wide node']),
  ...(existsSync('/etc/wardround') || existsSync('/usr/local/lib/wardround') ? ['a machine without ward'] : []),
];
export const WHY = MISSING.length > 0 ? ` (skipped: it needs ${MISSING.join(', ')})` : '';

/** Whether the agent that needs no Node.js is built of the agent.cjs that is there. */
export const EXECUTABLES = builtOf(join(DIST, 'agent.cjs'), join(DIST, 'agents/agents.json'));
export const NO_EXECUTABLES = EXECUTABLES ? '' : ' (skipped: it needs npm run build:agent)';

function builtOf(bundle: string, index: string): boolean {
  if (!existsSync(index) || !existsSync(bundle)) return false;
  const { bundle_sha256 } = JSON.parse(readFileSync(index, 'utf8')) as { bundle_sha256: string };
  return createHash('sha256').update(readFileSync(bundle)).digest('hex') === bundle_sha256;
}

const FOLDERS = ['/etc', '/usr', '/var', '/root'];

/** A host in which an install may do all that it does to a real one: its files are this machine's, and what is written to them is seen by its sessions alone. */
export async function startHost({ lines = [] as readonly string[], config = [] as readonly string[] } = {}): Promise<Sshd> {
  return startSshd({
    config: [...config, 'StrictModes yes', 'AuthorizedKeysFile .ssh/authorized_keys'],
    over: {
      folders: FOLDERS,
      lines: (folder) => [
        // Of its own processes, so that what is ended there is none of the machine's.
        'mount -t proc proc /proc',
        'mkdir -p -m 700 /root/.ssh',
        `cp ${folder}/authorized_keys /root/.ssh/authorized_keys`,
        'chmod 600 /root/.ssh/authorized_keys',
        ...lines,
      ],
    },
  });
}

/** How root installs on it. */
export function adminOf(sshd: Sshd, user = 'root'): Admin {
  return {
    ...{ program: '/usr/bin/ssh', env: { ...process.env, LC_ALL: 'C' }, folder: privateFolder(), signal: null },
    target: { node: nodeOf(sshd, { user }), ssh: SSH, own_known_hosts: null },
  };
}

/** The public key that the tests install. */
export function keyOf({ identity }: Sshd): string {
  return readFileSync(`${identity}.pub`, 'utf8').trim();
}

/** Installs with the tests' own key. */
export function install(sshd: Sshd, more: Partial<InstallOptions> = {}): Promise<Installed> {
  return installNode(adminOf(sshd), { folder: DIST, keys: [keyOf(sshd)], from: null, dry: false, ...more });
}

/** How one run of ssh ended, without what ssh itself says of a login. */
export interface Said {
  exit: number | null;
  stdout: string;
  stderr: string;
}

/** What the host says to this command line, as this user. */
export function said(sshd: Sshd, user: string, command: string): Promise<Said> {
  return over(sshd, user, [...sshOptions(adminOf(sshd, user).target), '--', '127.0.0.1', command]);
}

/** The same with words of ssh's own before and after the host, and none of ward's guards. */
export function rawSsh(sshd: Sshd, user: string, after: readonly string[], before: readonly string[] = []): Promise<Said> {
  const { port, identity, knownHosts } = sshd;
  const options = [
    '-F',
    '/dev/null',
    '-p',
    String(port),
    '-l',
    user,
    '-i',
    identity,
    '-o',
    'BatchMode=yes',
    '-o',
    `UserKnownHostsFile=${knownHosts}`,
  ];
  const subsystem = after[0] === '-s' ? ['-s'] : after[0] === '-tt' ? ['-tt'] : [];
  return over(sshd, user, [...options, ...before, ...subsystem, '127.0.0.1', ...after.slice(subsystem.length)]);
}

async function over(sshd: Sshd, user: string, words: readonly string[]): Promise<Said> {
  const { program, env } = adminOf(sshd, user);
  const { exit, stdout, stderr } = await runSsh(program, words, env, { ms: 30_000, bytes: 10_000_000, signal: null });
  const own = /^(?:Authenticated to|Transferred: sent|Bytes per second|Warning: Permanently).*$/gm;
  return { exit, stdout: stdout.toString('utf8'), stderr: stderr.replaceAll(own, '').trim() };
}

/** Every file that differs from the machine's own, with mode, owner, kind and size. */
export async function changes(sshd: Sshd): Promise<string[]> {
  const over = FOLDERS.map((path) => join(sshd.folder, 'over', path.slice(1), 'upper')).join(' ');
  const { stdout } = await said(sshd, 'root', `find ${over} -printf "%H %P %m %U %G %y\\n"`);
  return stdout.trim().replaceAll(`${sshd.folder}/over/`, '').split('\n').sort();
}

/** The processes of the host's sshd sessions and all that runs on them; `connections` are the former alone. */
export function sessionsOf(sshd: Sshd): { connections: number[]; all: number[] } {
  const [listener] = childrenOf(sshd.pid);
  const connections = listener === undefined ? [] : childrenOf(listener);
  return { connections, all: connections.flatMap(descendantsOf) };
}

/** The host's own root folder, as one sees it from here. */
export function rootOf(sshd: Sshd): string {
  return `/proc/${childrenOf(sshd.pid)[0] ?? 0}/root`;
}

function descendantsOf(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(descendantsOf)];
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter((text) => text !== '')
      .map(Number);
  } catch {
    return [];
  }
}
