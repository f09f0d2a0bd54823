import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from './run.ts';

/**
 * Every process of a host lies in one control group of its own, so that two hosts' systemd never share one, and so that whatever a
 * killed run left can be found and ended. On machines with version 1 systemd looks at two trees, so there is one in each.
 */
function groupsOf(machine: string): string[] {
  return trees().map(({ mount }) => join(mount, `wardround-${machine}`));
}

/** Does something so that the processes it starts belong to the host. */
export function asPartOf<T>(machine: string, work: () => T): T {
  const own = ownGroups();
  for (const group of groupsOf(machine)) enter(group);
  try {
    return work();
  } finally {
    for (const group of own) enter(group);
  }
}

/** The host's processes, of those in the named part of its group: `supervisor` is nspawn itself, `payload` is the host. */
export function processesOf(machine: string, part = ''): number[] {
  return [...new Set(groupsOf(machine).flatMap((group) => within(join(group, part))))];
}

/** Ends every process of the host at once. */
export function killProcessesOf(machine: string): void {
  for (const pid of processesOf(machine)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
}

/** Takes the host's empty groups away, also those that its container engine made in other trees. */
export function removeGroupsOf(machine: string): void {
  for (const group of allGroupsOf(machine)) removeTree(group);
}

/** How deep in a tree this program's own group may lie, under which an engine's groups come. */
const DEEPEST = 4;

/** Every group of the host's name, in whichever tree. */
export function allGroupsOf(machine: string): string[] {
  const mounts = mountsOfGroups().map(({ mount }) => mount);
  return mounts.flatMap((mount) => named(mount, `wardround-${machine}`, DEEPEST));
}

function named(group: string, name: string, deep: number): string[] {
  if (deep === 0) return [];
  return subgroups(group).flatMap((each) => (each.endsWith(`/${name}`) ? [each] : named(each, name, deep - 1)));
}

/** Where processes are followed, and how /proc/PID/cgroup calls that tree. */
function trees(): { mount: string; called: string }[] {
  const found = mountsOfGroups().flatMap(({ mount, type, options }) => {
    if (type === 'cgroup2') return [{ mount, called: '0::' }];
    return options.includes('name=systemd') ? [{ mount, called: ':name=systemd:' }] : [];
  });
  if (found.length === 0) throw new LabError('no control groups are mounted at /sys/fs/cgroup; systemd-nspawn needs them');
  return found;
}

/** Where control groups are mounted on this machine. */
function mountsOfGroups(): { mount: string; type: string; options: string }[] {
  return readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, mount, type]) => ['cgroup', 'cgroup2'].includes(type ?? '') && mount?.startsWith('/sys/fs/cgroup') === true)
    .map(([, mount = '', type = '', options = '']) => ({ mount, type, options }));
}

function ownGroups(): string[] {
  const lines = readFileSync('/proc/self/cgroup', 'utf8').split('\n');
  return trees().map(({ mount, called }) => join(mount, lines.find((line) => line.includes(called))?.split(called)[1] ?? ''));
}

function enter(group: string): void {
  mkdirSync(group, { recursive: true });
  writeFileSync(join(group, 'cgroup.procs'), String(process.pid));
}

function within(group: string): number[] {
  const listed = unlessGone(() => readFileSync(join(group, 'cgroup.procs'), 'utf8')) ?? '';
  return [...listed.split('\n').filter(Boolean).map(Number), ...subgroups(group).flatMap(within)];
}

function removeTree(group: string): void {
  for (const each of subgroups(group)) removeTree(each);
  unlessGone(() => rmdirSync(group));
}

function subgroups(group: string): string[] {
  const entries = unlessGone(() => readdirSync(group, { withFileTypes: true })) ?? [];
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(group, name));
}

/** A host's own systemd takes groups away at any time, so each may be gone when it is looked at; then null. */
function unlessGone<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (['ENOENT', 'ENODEV'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
