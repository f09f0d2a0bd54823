import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { LabError, run, say } from '../run.ts';

/** The packages of the container engine; all else that it needs is in the base system. */
export const ENGINE_PACKAGES = ['docker.io', 'containerd', 'runc', 'busybox-static'];

/** What of it a host needs; busybox is what its one image is made of. */
const PROGRAMS = [
  ...['usr/sbin/dockerd', 'usr/bin/docker', 'usr/sbin/docker-proxy'],
  ...['usr/bin/containerd', 'usr/bin/containerd-shim-runc-v2', 'usr/sbin/runc', 'bin/busybox'],
];

/** Puts Docker's programs into a folder, from the packages of the machine's own Debian; nothing of it is installed on the machine. */
export function putEngine(folder: string): void {
  say(`fetching ${ENGINE_PACKAGES.join(', ')}, once`);
  const work = mkdtempSync(join(tmpdir(), 'lab-engine-'));
  try {
    mkdirSync(join(work, 'root'));
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    run(['apt-get', 'update', '-qq'], { limit_s: 300, env });
    run(['apt-get', 'download', '-qq', '-o', 'APT::Sandbox::User=root', ...ENGINE_PACKAGES], { cwd: work, limit_s: 120, env });
    for (const file of readdirSync(work).filter((name) => name.endsWith('.deb')))
      run(['dpkg-deb', '-x', join(work, file), join(work, 'root')]);
    for (const program of PROGRAMS) {
      if (!existsSync(join(work, 'root', program))) throw new LabError(`the packages of Docker have no ${program}`);
      copyFileSync(join(work, 'root', program), join(folder, basename(program)));
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
