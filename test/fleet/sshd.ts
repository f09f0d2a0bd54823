import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { accessSync, chmodSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { NodeConfig, SshSettings } from '../../src/fleet/node-config.ts';
import { SSHD, WITHOUT_SSHD } from './own-login.ts';

export { SSHD, WITHOUT_SSHD };

/** A real sshd on loopback with keys of its own, and all that a client of it needs. */
export interface Sshd {
  folder: string;
  port: number;
  knownHosts: string;
  identity: string;
  hostKey: string;
  /** Programs that its sessions find before any other. */
  bin: string;
  /** The file that its sessions see as this one of /etc. */
  etc(path: string): string;
  log(): string;
  pid: number;
  stop(): Promise<void>;
}

export interface SshdOptions {
  addresses?: readonly string[];
  /** Lines of sshd_config before all others. */
  config?: readonly string[];
  /** Options before the key in authorized_keys, such as `restrict,command="…"`. */
  keyOptions?: string;
  hostKeyType?: 'ed25519' | 'rsa';
  /** Files of /etc that its sessions see in place of the machine's, by path; only for root. */
  etc?: Readonly<Record<string, string>>;
  /** An agent that its sessions see as installed; only for root. */
  agent?: string;
  /** Folders over which its sessions may write without the machine's own being changed, and lines of shell to prepare them; only for root. */
  over?: { folders: readonly string[]; lines: (folder: string) => readonly string[] };
}

const started = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});

/**
 * Starts an sshd as whoever runs the tests. Root's has a mount namespace of its own, for sshd needs /run/sshd and nothing of the machine must change,
 * and one of processes, so that nothing outlives it.
 */
export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  const { addresses = ['127.0.0.1'], config = [], keyOptions = '', hostKeyType = 'ed25519' } = options;
  const folder = mkdtempSync('/tmp/ward-sshd-');
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const [hostKey, identity, knownHosts] = [join(folder, 'host-key'), join(folder, 'key'), join(folder, 'known_hosts')];
  execFileSync('ssh-keygen', ['-q', '-t', hostKeyType, '-N', '', '-C', '', '-f', hostKey]);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', identity]);
  const port = await freePort();
  writeFileSync(join(folder, 'authorized_keys'), `${keyOptions === '' ? '' : `${keyOptions} `}${readFileSync(`${identity}.pub`, 'utf8')}`);
  writeFileSync(knownHosts, addresses.map((address) => `[${address}]:${port} ${readFileSync(`${hostKey}.pub`, 'utf8').trim()}\n`).join(''));
  const lines = [
    ...config,
    ...addresses.map((address) => `ListenAddress ${address}:${port}`),
    ...[
      `HostKey ${hostKey}`,
      `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
      'StrictModes no',
      'UsePAM no',
      'PidFile none',
      'LogLevel VERBOSE',
    ],
    // Of this one the last line counts.
    ...(config.some((line) => line.startsWith('MaxStartups')) ? [] : ['MaxStartups 2000']),
    // A login shell's own files may be slow and are not ours; bash leaves them out at this depth.
    `SetEnv SHLVL=5 PATH=${bin}:/usr/local/bin:/usr/bin:/bin`,
  ];
  writeFileSync(join(folder, 'sshd_config'), `${lines.join('\n')}\n`);
  const { child, log } = await listening(folder, port, options);
  return {
    ...{ folder, port, knownHosts, identity, hostKey, bin, pid: child.pid ?? 0 },
    etc: (path) => join(folder, `etc-${Object.keys(options.etc ?? {}).indexOf(path)}`),
    log,
    stop: () => stopped(child, folder),
  };
}

/** What root does in the mount namespace before sshd starts: the machine itself sees none of it. */
function preparation(folder: string, { etc = {}, agent, over }: SshdOptions): string {
  const binds = Object.entries(etc).map(([path, text], at) => {
    writeFileSync(join(folder, `etc-${at}`), text);
    chmodSync(join(folder, `etc-${at}`), path.includes('sudoers') ? 0o440 : path.includes('shadow') ? 0o640 : 0o644);
    return `mount --bind ${join(folder, `etc-${at}`)} ${path}`;
  });
  const installs =
    agent === undefined
      ? []
      : ['mount -t tmpfs none /usr/local/lib', 'mkdir /usr/local/lib/wardround', `cp ${agent} /usr/local/lib/wardround/agent.cjs`];
  return [
    'mount -t tmpfs none /run',
    'mkdir -m 755 /run/sshd',
    'chmod 755 ' + folder,
    ownState(folder),
    ...binds,
    ...installs,
    ...overlays(folder, over),
    'exec "$@"',
  ].join(' && ');
}

/** An agent that runs as root keeps its counters in /var/lib: here they are this sshd's own, and gone with it. */
function ownState(folder: string): string {
  const at = join(folder, 'state');
  const layers = `lowerdir=/var/lib,upperdir=${at}/upper,workdir=${at}/work`;
  return `mkdir ${at} && mount -t tmpfs none ${at} && mkdir ${at}/upper ${at}/work && mount -t overlay overlay -o ${layers} /var/lib`;
}

function overlays(folder: string, over: SshdOptions['over']): string[] {
  if (over === undefined) return [];
  const at = join(folder, 'over');
  const mounts = over.folders.flatMap((path) => {
    const own = join(at, path.slice(1).replaceAll('/', '-'));
    return [
      `mkdir -p ${own}/upper ${own}/work`,
      `mount -t overlay overlay -o lowerdir=${path},upperdir=${own}/upper,workdir=${own}/work ${path}`,
    ];
  });
  return [`mkdir ${at}`, `mount -t tmpfs none ${at}`, ...mounts, ...over.lines(folder)];
}

async function listening(folder: string, port: number, options: SshdOptions): Promise<{ child: ChildProcess; log: () => string }> {
  const words = [SSHD ?? '', '-D', '-e', '-f', join(folder, 'sshd_config')];
  const [program = '', ...rest] =
    process.getuid?.() === 0
      ? ['unshare', '-m', '-p', '-f', '--kill-child', '--', '/bin/sh', '-c', preparation(folder, options), 'sh', ...words]
      : words;
  // Into a file: a pipe that nobody reads for a while would stop the server.
  const file = join(folder, 'log');
  const log = () => readFileSync(file, 'utf8');
  const child = spawn(program, rest, { stdio: ['ignore', 'ignore', openSync(file, 'w')] });
  started.add(child);
  while (!log().includes('Server listening on')) {
    if (child.exitCode !== null) throw new Error(`sshd on port ${port} ended: ${log()}`);
    await wait(10);
  }
  return { child, log };
}

function stopped(child: ChildProcess, folder: string): Promise<void> {
  return new Promise((resolve) => {
    child.on('exit', () => {
      started.delete(child);
      rmSync(folder, { recursive: true, force: true });
      resolve();
    });
    // unshare passes no signal on, but what it started dies with it.
    child.kill(process.getuid?.() === 0 ? 'SIGKILL' : 'SIGTERM');
    if (child.exitCode !== null || child.signalCode !== null) child.emit('exit');
  });
}

/** A port of loopback on which nobody listened a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Puts a program of these lines where the sessions of this sshd find it first. */
export function putProgram({ bin }: Pick<Sshd, 'bin'>, name: string, text: string): void {
  writeFileSync(join(bin, name), text);
  chmodSync(join(bin, name), 0o755);
}

/** Puts this project's own agent there as `ward`; who is not root also gets a `sudo` that lets everything pass. */
export function putWard(sshd: Pick<Sshd, 'bin'>): void {
  const agent = new URL('../../src/agent/main.ts', import.meta.url).pathname;
  putProgram(sshd, 'ward', `#!/bin/sh\nshift\nexec ${process.execPath} ${agent} "$@"\n`);
  if (process.getuid?.() !== 0) putProgram(sshd, 'sudo', '#!/bin/sh\nshift\nexec "$@"\n');
}

/** The node as an inventory would describe it. */
export function nodeOf(sshd: Sshd, more: Partial<NodeConfig> = {}): NodeConfig {
  return {
    ...{ name: 'n1', host: '127.0.0.1', port: sshd.port, user: userInfo().username, environment: null, role: 'node', tags: [], groups: [] },
    ...{ identity_file: sshd.identity, known_hosts: sshd.knownHosts, jump: null, password: null },
    ...more,
  };
}

export const SSH: SshSettings = { kex: 'curve25519-sha256', connect_timeout_s: 5, keep_s: 0, at_once: 64 };

/** Whether a program is installed where Debian has it. */
export function installed(path: string): boolean {
  try {
    accessSync(path);
    return true;
  } catch {
    return false;
  }
}
