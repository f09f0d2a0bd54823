import { ran, run, say } from './run.ts';

/** What the lab needs on the machine itself: program and the package that has it. */
const TOOLS: Readonly<Record<string, string>> = {
  debootstrap: 'debootstrap',
  'systemd-nspawn': 'systemd-container',
  ip: 'iproute2',
  ssh: 'openssh-client',
  wg: 'wireguard-tools',
  openssl: 'openssl',
  'mkfs.ext4': 'e2fsprogs',
  nsenter: 'util-linux',
};

/** Installs what is missing on the machine; needs root and Debian's packages. */
export function installTools(): void {
  const missing = Object.entries(TOOLS)
    .filter(([program]) => ran(['which', program]).exit !== 0)
    .map(([, name]) => name);
  if (missing.length > 0) installPackages(missing);
}

/** Installs Debian packages on the machine itself. */
export function installPackages(names: readonly string[]): void {
  say(`installing ${names.join(', ')}`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  run(['apt-get', 'update', '-qq'], { limit_s: 300, env });
  run(['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...names], { limit_s: 600, env });
}
