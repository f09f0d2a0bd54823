import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from './places.ts';
import { LabError, ran, run, say } from './run.ts';

/** What every host has. */
const PACKAGES = [
  ...['systemd', 'systemd-sysv', 'dbus', 'openssh-server', 'iproute2', 'procps', 'cron', 'sudo', 'ufw', 'iptables', 'nftables'],
  ...['wireguard-tools', 'wireguard-go', 'caddy', 'openssl', 'ca-certificates', 'python3-minimal', 'faketime'],
  ...['iputils-ping', 'bind9-dnsutils', 'strace', 'curl'],
];

/** What a host lets in. */
const OPEN_PORTS = ['22/tcp', '53', '80/tcp', '443/tcp', '8080/tcp', '51820/udp'];

/** Timers that would want the internet, and so fail. */
const NO_TIMERS = ['apt-daily.timer', 'apt-daily-upgrade.timer'];

/** The folder of the base system that all hosts stand on, made once for what is listed here. */
export function baseSystem(): string {
  const key = createHash('sha256')
    .update(JSON.stringify([PACKAGES, OPEN_PORTS, NO_TIMERS, 1]))
    .digest('hex')
    .slice(0, 12);
  const base = join(CACHE, `base-${key}`);
  if (existsSync(base)) return base;
  say('making the base system with debootstrap, once; one to three minutes');
  const half = `${base}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(join(CACHE, 'packages'), { recursive: true });
  const { exit, stdout, stderr } = ran(
    ['debootstrap', '--variant=minbase', `--cache-dir=${join(CACHE, 'packages')}`, `--include=${PACKAGES.join(',')}`, 'bookworm', half],
    { limit_s: 1200 },
  );
  const last = `${stdout}${stderr}`.trim().split('\n').at(-1);
  if (exit !== 0) throw new LabError(`debootstrap ended with ${exit}: ${last}; look at: ${half}/debootstrap/debootstrap.log`);
  finish(half);
  renameSync(half, base);
  return base;
}

function finish(root: string): void {
  const inside = (...words: [string, ...string[]]) => run(['chroot', root, ...words]);
  inside('useradd', '-m', '-s', '/bin/bash', 'deploy');
  writeFileSync(join(root, 'etc/sudoers.d/deploy'), 'deploy ALL=(ALL) NOPASSWD: ALL\n', { mode: 0o440 });
  inside('systemctl', 'mask', ...NO_TIMERS);
  inside('systemctl', 'enable', 'systemd-networkd.service');
  for (const port of OPEN_PORTS) inside('ufw', 'allow', port);
  const ufw = join(root, 'etc/ufw/ufw.conf');
  writeFileSync(ufw, readFileSync(ufw, 'utf8').replace('ENABLED=no', 'ENABLED=yes'));
  appendFileSync(join(root, 'etc/ssh/sshd_config.d/lab.conf'), 'MaxStartups 200\nUseDNS no\nPrintMotd no\n');
  for (const kind of ['rsa', 'ecdsa', 'ed25519']) {
    rmSync(join(root, `etc/ssh/ssh_host_${kind}_key`), { force: true });
    rmSync(join(root, `etc/ssh/ssh_host_${kind}_key.pub`), { force: true });
  }
  rmSync(join(root, 'var/cache/apt/archives'), { recursive: true, force: true });
}
