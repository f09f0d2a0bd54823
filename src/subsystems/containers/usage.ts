import type { Answer, Ask } from '../../core/ask.ts';
import { absent, unparsed } from '../../core/unknown.ts';
import { type Cgroup, cgroupOf } from './cgroup.ts';
import type { Inspected } from './inspected.ts';

/** What a container uses, from the kernel: an engine is slow to tell, some count for a whole second. */
export interface Usage {
  /** Bytes, without the cache of files that can be dropped at once. */
  memory: Answer<number>;
  cpu_ns: Answer<number>;
  disk: Answer<Disk>;
  network: Answer<Network>;
}

export interface Disk {
  read_bytes: number;
  write_bytes: number;
}

export interface Network {
  rx_bytes: number;
  tx_bytes: number;
}

/** Reads the counters of a running container's control group and of its network. */
export function usageOf(ask: Ask, told: Answer<Inspected>, id: string): Usage {
  const pid = ask.all([told], () => pidOf(told()));
  const cgroup = ask.after(pid, (number) => ask.read(`/proc/${number}/cgroup`, (text) => cgroupOf(text, id)));
  const file = <T>(path: (group: Cgroup) => string, parse: (text: string) => T) =>
    ask.after(cgroup, (group) => ask.read(path(group), parse));
  const used = file(({ memory }) => memory, wholeNumber);
  const cache = file(({ memory_stat }) => memory_stat, inactiveFiles);
  return {
    memory: ask.all([used, cache], () => Math.max(0, used() - cache())),
    cpu_ns: file(({ cpu }) => cpu, cpuNs),
    disk: file(({ disk }) => disk, diskBytes),
    network: ask.after(pid, (number) => ask.read(`/proc/${number}/net/dev`, (text) => networkBytes(text, told()))),
  };
}

function pidOf(told: Inspected): number {
  const pid = told.at('State', 'Pid').number;
  if (!Number.isInteger(pid) || pid < 1) throw absent('it does not run');
  return pid;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,20}\n?$/.test(text)) throw unparsed(`"${text.slice(0, 40)}" is no number`);
  return Number(text);
}

/** `total_` is the name in cgroup v1 for a group with those below it. */
function inactiveFiles(text: string): number {
  const [, total] = /^total_inactive_file (\d+)$/m.exec(text) ?? /^inactive_file (\d+)$/m.exec(text) ?? [];
  if (total === undefined) throw unparsed('no line inactive_file');
  return Number(total);
}

/** cgroup v1 has a number alone, v2 a table in microseconds. */
function cpuNs(text: string): number {
  const [, microseconds] = /^usage_usec (\d+)$/m.exec(text) ?? [];
  return microseconds === undefined ? wholeNumber(text) : Number(microseconds) * 1000;
}

/** `8:0 rbytes=90112 wbytes=0 …` of cgroup v2, `8:0 Read 90112` of v1. */
function diskBytes(text: string): Disk {
  const rows = [
    ...text.matchAll(/^\d+:\d+ (?:rbytes=(?<rbytes>\d+) wbytes=(?<wbytes>\d+)\b.*|Read (?<read>\d+)|Write (?<write>\d+))$/gm),
  ].map(({ groups }) => groups ?? {});
  // v1 closes with a total, which is all that there is where the kernel counts nothing.
  if (rows.length === 0 && /^Total /m.test(text)) throw absent('the kernel does not count it here');
  if (rows.length === 0 && text.trim() !== '') throw unparsed('no line with bytes read and written');
  const sum = (...names: string[]) => rows.reduce((all, row) => all + names.reduce((each, name) => each + Number(row[name] ?? 0), 0), 0);
  return { read_bytes: sum('rbytes', 'read'), write_bytes: sum('wbytes', 'write') };
}

/** Every interface of the container but its loopback; one without a network of its own has the machine's. */
function networkBytes(text: string, told: Inspected): Network {
  const mode = told.at('HostConfig', 'NetworkMode');
  if (mode.given && mode.text === 'host') throw absent('it has the network of the machine');
  const rows = [...text.matchAll(/^\s*([^\s:]+):\s*(\d+)(?:\s+\d+){7}\s+(\d+)(?:\s+\d+){7}$/gm)];
  if (rows.length === 0) throw unparsed('no interface, not even lo');
  const own = rows.filter(([, name]) => name !== 'lo');
  return { rx_bytes: own.reduce((sum, [, , rx]) => sum + Number(rx), 0), tx_bytes: own.reduce((sum, [, , , tx]) => sum + Number(tx), 0) };
}
