import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const DOCKERD = '/usr/sbin/dockerd';
/** Static, so that it is a whole image by itself. */
const BUSYBOX = '/bin/busybox';

/** Why a real dockerd cannot be started here; empty if it can. */
export function whyNoDockerd(): string {
  if (process.env['WARD_REAL'] !== 'docker') return 'WARD_REAL is not docker';
  if (process.getuid?.() !== 0) return 'not root';
  return [DOCKERD, BUSYBOX].every((path) => existsSync(path)) ? '' : `${DOCKERD} or ${BUSYBOX} is not installed`;
}

/** A dockerd of our own, apart from any other on the machine. */
export interface Dockerd {
  socket: string;
  process: ChildProcess;
  docker(...words: string[]): Promise<string>;
  /** Ends it with everything that it started. */
  stop(): Promise<void>;
}

/** Starts it without any network, and gives it the image `ward/base` of one static program. */
export async function startDockerd(): Promise<Dockerd> {
  const folder = await mkdtemp(join(tmpdir(), 'ward-dockerd-'));
  const socket = join(folder, 'docker.sock');
  const places = ['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec'), '--pidfile', join(folder, 'pid')];
  const words = ['-H', `unix://${socket}`, ...places, '--iptables=false', '--bridge=none', '--storage-driver=vfs'];
  const daemon = spawn(DOCKERD, words, { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => daemon.once('exit', () => resolve()));
  const docker = async (...line: string[]) =>
    (await run('/usr/bin/docker', ['-H', `unix://${socket}`, ...line], { timeout: 30_000 })).stdout.trim();
  const stop = async () => {
    const all = await docker('ps', '-aq').catch(() => '');
    if (all !== '') await docker('rm', '-f', ...all.split('\n')).catch(() => undefined);
    daemon.kill('SIGCONT');
    daemon.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const dockerd = { socket, process: daemon, docker, stop };
  try {
    await answers(dockerd);
    await importBase(dockerd, join(folder, 'base'));
  } catch (error) {
    await stop();
    throw error;
  }
  return dockerd;
}

/** The client itself waits for no daemon, so it is asked until one answers. */
async function answers({ docker, process: daemon }: Dockerd): Promise<void> {
  const end = performance.now() + 30_000;
  for (;;) {
    const up = await docker('version').then(
      () => true,
      () => false,
    );
    if (up) return;
    if (performance.now() > end || daemon.exitCode !== null) throw new Error('dockerd did not come up within 30 s');
  }
}

async function importBase({ docker }: Dockerd, folder: string): Promise<void> {
  await mkdir(join(folder, 'bin'), { recursive: true });
  for (const name of ['sh', 'sleep', 'true', 'false', 'tail']) await copyFile(BUSYBOX, join(folder, 'bin', name));
  await chmod(folder, 0o755);
  const tar = join(folder, '..', 'base.tar');
  await run('tar', ['-C', folder, '-cf', tar, '.']);
  await docker('import', tar, 'ward/base');
}
