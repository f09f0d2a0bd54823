import type { Put } from '../host-files/put.ts';
import { unitText } from '../host-files/unit-text.ts';
import { askedInside, inside } from '../inside.ts';
import { until } from '../run.ts';
import type { LabHost } from '../state.ts';

/** The only image: busybox, made on the host. Nothing is ever pulled. */
export const IMAGE = 'shop:lab';

/** Docker, and the containers of an imagined shop: one with a health check, one without, one that has done its work. */
export function writeContainers({ machine }: LabHost, put: Put): void {
  put('/usr/local/sbin/lab-dockerd', DOCKERD.replace('MACHINE', machine), 0o755);
  put('/etc/systemd/system/docker.service', unitText('Docker', '/usr/local/sbin/lab-dockerd'));
  put('/usr/local/sbin/shop-containers', CONTAINERS, 0o755);
  put('/etc/systemd/system/shop-containers.service', ONCE);
}

/** runc writes into the control groups, which nspawn hands in for reading only. Each host has groups of its own name in them. */
const DOCKERD = `#!/bin/sh
set -e
for folder in /sys/fs/cgroup/*; do mount -o remount,bind,rw "$folder" 2>/dev/null || :; done
exec dockerd --storage-driver vfs --iptables=false --ip6tables=false --bip 172.30.99.1/24 --cgroup-parent /wardround-MACHINE/containers
`;

const CONTAINERS = `#!/bin/sh
set -e
i=0; until docker version >/dev/null 2>&1; do i=$((i+1)); [ $i -lt 300 ]; sleep 0.1; done
mkdir -p /run/image/bin
cp /usr/local/bin/busybox /run/image/bin/busybox
for name in sh sleep test touch rm echo tail dd; do ln -sf busybox /run/image/bin/$name; done
tar -C /run/image -c . | docker import - ${IMAGE} >/dev/null
rm -r /run/image
shop() { docker run -d --memory 32m --cpus 0.5 --label com.docker.compose.project=shop "$@" >/dev/null; }
shop --name shop-web --label com.docker.compose.service=web --restart unless-stopped --health-interval 1s --health-retries 2 \\
  --health-cmd 'test -e /well' ${IMAGE} sh -c 'touch /well; while :; do sleep 60; done'
shop --name shop-queue --label com.docker.compose.service=queue --restart unless-stopped ${IMAGE} sh -c 'while :; do sleep 60; done'
shop --name shop-report --label com.docker.compose.service=report ${IMAGE} sh -c 'echo done'
`;

const ONCE = `[Unit]
Description=The shop's containers
Requires=docker.service
After=docker.service
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/shop-containers
[Install]
WantedBy=multi-user.target
`;

/** Starts one more container of the shop, with the limits that all have, by the words that docker run takes. */
export function runContainer(host: LabHost, words: readonly string[]): void {
  docker(host, 'run', '--detach', '--memory', '32m', '--cpus', '0.5', ...words);
}

/** Takes a container away, whether it runs or not; it may be gone already. */
export function removeContainer(host: LabHost, name: string): void {
  docker(host, 'rm', '--force', '--volumes', name);
}

/** Sends a signal to the host's dockerd. */
export function signalEngine(host: LabHost, signal: 'STOP' | 'CONT'): void {
  inside(host, ['pkill', `-${signal}`, '-x', 'dockerd']);
}

/** Runs docker on the host. */
export function docker(host: LabHost, ...words: string[]): string {
  return inside(host, ['docker', ...words], { limit_s: 30 });
}

/** A word of what the engine says of a container; empty where there is none of that name. */
export function inspected(host: LabHost, name: string, format: string): string {
  return askedInside(host, ['timeout', '5', 'docker', 'inspect', '--format', format, name]).stdout.trim();
}

/** Waits until the shop's containers are there and well. */
export async function awaitContainers(host: LabHost): Promise<void> {
  const look = `npm run lab -- ssh ${host.name} journalctl -n 30 -u docker -u shop-containers`;
  await until(`shop-web of ${host.name} is healthy`, 90, () => inspected(host, 'shop-web', '{{.State.Health.Status}}') === 'healthy', look);
  await until(`shop-report of ${host.name} has ended`, 30, () => inspected(host, 'shop-report', '{{.State.Status}}') === 'exited', look);
}
