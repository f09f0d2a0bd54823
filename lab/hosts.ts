import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { asPartOf, killProcessesOf, processesOf, removeGroupsOf } from './control-group.ts';
import { writeHost } from './host-files/write-host.ts';
import { isRunning } from './inside.ts';
import { hasAll } from './kind.ts';
import { linkExists, removeLink } from './network.ts';
import { HOSTS, stateFile } from './places.ts';
import type { Layers } from './programs/layers.ts';
import { run, start, until } from './run.ts';
import type { LabHost, LabState } from './state.ts';

/** The small volume that the host has at /srv/data, so that one can be filled. */
const DATA_SIZE = '64M';

const folder = ({ machine }: LabHost, name: string) => join(HOSTS, machine, name);

/** The host's root as one sees it from outside; what is written there the host sees at once. */
export function rootOf(host: LabHost): string {
  return folder(host, 'root');
}

/** Where the host's console goes. */
export function consoleOf({ name }: LabHost): string {
  return stateFile(`${name}.log`);
}

/** Makes the host's folders afresh over the layers and writes its files. */
export function prepareHost(host: LabHost, layers: Layers, lab: LabState): void {
  dropHost(host);
  for (const name of ['upper', 'work', 'root', 'data']) mkdirSync(folder(host, name), { recursive: true });
  const options = `lowerdir=${layers.join(':')},upperdir=${folder(host, 'upper')},workdir=${folder(host, 'work')}`;
  run(['mount', '-t', 'overlay', 'overlay', '-o', options, rootOf(host)]);
  const image = folder(host, 'data.img');
  run(['truncate', '-s', DATA_SIZE, image]);
  run(['mkfs.ext4', '-q', '-m', '0', image]);
  run(['mount', '-o', 'loop', image, folder(host, 'data')]);
  writeHost(rootOf(host), host, lab);
}

/** Boots a host that was prepared; it goes on when this program ends. */
export async function bootHost(host: LabHost, { bridge, kind }: LabState): Promise<void> {
  const words = [
    ...['-q', '-b', '-D', rootOf(host), `--machine=${host.machine}`, '--register=no', '--keep-unit', `--network-bridge=${bridge}`],
    ...[
      '--bind=/dev/net/tun',
      '--capability=CAP_NET_ADMIN',
      `--bind=${folder(host, 'data')}:/srv/data`,
      '--resolv-conf=off',
      '--timezone=off',
    ],
    // What runc needs beyond what nspawn lets through.
    ...(hasAll(kind, 'cluster') ? ['--system-call-filter=add_key keyctl bpf'] : []),
  ];
  const log = openSync(consoleOf(host), 'a');
  asPartOf(host.machine, () => start(['systemd-nspawn', ...words], log));
  await until(`${host.name} boots`, 30, () => isRunning(host), consoleOf(host));
}

/** Ends the host at once, as if its power was cut, and waits until its processes and its interface are gone. Its files stay. */
export async function cutHost(host: LabHost): Promise<void> {
  const gone = () => {
    killProcessesOf(host.machine);
    return processesOf(host.machine).length === 0;
  };
  await until(`the processes of ${host.name} end`, 30, gone, `processes ${processesOf(host.machine).join(' ')}`);
  const link = `vb-${host.machine}`;
  // By itself it goes when the last connection of the host has, of which nobody hears the end any more.
  removeLink(link);
  await until(`the interface of ${host.name} goes`, 30, () => !linkExists(link), `ip link show ${link}`);
  removeGroupsOf(host.machine);
}

/** Takes the mounts and folders of a host that has ended, also those that an earlier run left. */
export function dropHost(host: LabHost): void {
  forgetByNspawn(host);
  for (const name of ['root', 'data']) while (isMounted(folder(host, name))) run(['umount', folder(host, name)]);
  rmSync(join(HOSTS, host.machine), { recursive: true, force: true });
}

/** Where nspawn keeps what holds between its machines. */
const NSPAWN = '/run/systemd/nspawn';

/** nspawn, when it is killed, leaves its lock on the root folder and its folder for mounts to hand in. */
function forgetByNspawn(host: LabHost): void {
  const root = rootOf(host);
  if (isMounted(root)) {
    const { dev, ino } = statSync(root);
    rmSync(`${NSPAWN}/locks/inode-${dev}:${ino}`, { force: true });
  }
  rmSync(`${NSPAWN}/propagate/${host.machine}`, { recursive: true, force: true });
}

/** Takes nspawn's own folders away where no other machine is in them. */
export function forgetNspawn(): void {
  for (const folder of [`${NSPAWN}/locks`, `${NSPAWN}/propagate`, NSPAWN]) {
    if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
  }
}

/** Whether the host's files are there and mounted. */
export function isPrepared(host: LabHost): boolean {
  return existsSync(rootOf(host)) && isMounted(rootOf(host)) && isMounted(folder(host, 'data'));
}

function isMounted(path: string): boolean {
  return readFileSync('/proc/self/mounts', 'utf8').includes(` ${path} `);
}
