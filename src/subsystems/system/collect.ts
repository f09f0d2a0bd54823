import { type Ask, once, present } from '../../core/ask.ts';
import type { Profile } from '../../core/profile.ts';
import { type AskedSection, always } from '../../core/section.ts';
import { absent, unparsed } from '../../core/unknown.ts';
import { busyPct, cpuCount, cpuTimes, iowaitPct, loadAverages, stealPct } from './cpu.ts';
import { diskIo } from './disk-io.ts';
import { filesystems, mainDisk } from './filesystems.ts';
import { heaviest } from './heaviest.ts';
import { mdArrays } from './mdstat.ts';
import { mebibytes, meminfo, vmstatCount } from './meminfo.ts';
import { pressure } from './pressure.ts';
import type { System } from './section.ts';
import { temperatures } from './temperatures.ts';
import { timeSync } from './time-sync.ts';

/** The machine itself, read from the kernel's files: no process is run but chronyc, and that only where chrony keeps the clock. */
export function collect(ask: Ask, profile: Profile): AskedSection<System> {
  const cpus = ask.read('/proc/stat', cpuCount);
  const disks = { ...mainDisk(ask, profile), filesystems: filesystems(ask), disk_io: diskIo(ask) };
  const { kib, fields: memory } = memoryFields(ask);
  const arrays = ask.read('/proc/mdstat', mdArrays);

  return always<System>({
    ...clockFields(ask),
    ...cpuFields(ask),
    cpu_count: cpus,
    ...memory,
    ...disks,
    psi: {
      cpu: ask.read('/proc/pressure/cpu', pressure),
      memory: ask.read('/proc/pressure/memory', pressure),
      io: ask.read('/proc/pressure/io', pressure),
    },
    heaviest: heaviest(ask, () => kib('MemTotal'), cpus),
    ...osFields(ask),
    md_arrays: () => (present(arrays) ? arrays() : []),
    temperatures: temperatures(ask),
  });
}

function clockFields(ask: Ask) {
  const clock = ask.clock();
  const { source, synchronised } = timeSync(ask);
  return {
    uptime_seconds: () => Math.floor(clock().uptime_s),
    uptime_since: () => new Date(clock().unix_ms - clock().uptime_s * 1000).toISOString().slice(0, 19).replace('T', ' '),
    time_unix: () => Math.floor(clock().unix_ms / 1000),
    time_synchronised: synchronised,
    time_source: source,
  };
}

function cpuFields(ask: Ask) {
  const change = ask.change('system.cpu', (at) => at.read('/proc/stat', cpuTimes));
  const load = ask.read('/proc/loadavg', loadAverages);
  return {
    load_avg_1: () => load()[0],
    load_avg_5: () => load()[1],
    load_avg_15: () => load()[2],
    cpu_use_pct: () => busyPct(change()),
    cpu_steal_pct: () => stealPct(change()),
    cpu_iowait_pct: () => iowaitPct(change()),
    rates_over_s: () => Math.round(change().seconds * 10) / 10,
  };
}

function memoryFields(ask: Ask) {
  const table = ask.read('/proc/meminfo', meminfo);
  const kills = ask.read('/proc/vmstat', vmstatCount('oom_kill'));
  const killed = ask.since('system.oom-kills', kills);
  const kib = (name: string) => table()(name);
  const used = once(() => kib('MemTotal') - kib('MemAvailable'));
  const fields = {
    mem_total_mb: () => mebibytes(kib('MemTotal')),
    mem_used_mb: () => mebibytes(used()),
    mem_free_mb: () => mebibytes(kib('MemFree')),
    mem_available_mb: () => mebibytes(kib('MemAvailable')),
    mem_use_pct: () => Math.trunc((used() / positive(kib('MemTotal'))) * 100),
    swap_total_mb: () => mebibytes(kib('SwapTotal')),
    swap_used_mb: () => mebibytes(kib('SwapTotal') - kib('SwapFree')),
    swap_cached_mb: () => mebibytes(kib('SwapCached')),
    oom_kills: kills,
    oom_kills_new: () => grown(killed()),
  };
  return { kib, fields };
}

function positive(kib: number): number {
  if (kib > 0) return kib;
  throw unparsed('/proc/meminfo: MemTotal is 0');
}

function grown({ before, now }: { before: number; now: number }): number {
  if (now < before) throw unparsed('/proc/vmstat: counter oom_kill went back');
  return now - before;
}

function osFields(ask: Ask) {
  const release = ask.read('/etc/os-release', osRelease);
  const kernel = ask.read('/proc/sys/kernel/osrelease', oneWord);
  const reboot = ask.stat('/run/reboot-required');
  return {
    os_name: () => fact(release(), 'PRETTY_NAME'),
    kernel_version: kernel,
    reboot_required: () => present(reboot) || tells(release()),
  };
}

/** Only Debian and its kin leave the file `reboot-required`: elsewhere its absence says nothing. */
function tells(release: ReadonlyMap<string, string>): false {
  if (/\b(debian|ubuntu)\b/.test(`${release.get('ID') ?? ''} ${release.get('ID_LIKE') ?? ''}`)) return false;
  throw absent('this system does not note when a reboot is required');
}

/** Facts of /etc/os-release (os-release(5)), unquoted. */
function osRelease(text: string): ReadonlyMap<string, string> {
  const facts = [...text.matchAll(/^([A-Z_]+)=(["']?)(.*)\2$/gm)].map(([, name = '', , value = '']) => [name, value] as const);
  if (facts.length === 0) throw unparsed('no fact in it');
  return new Map(facts);
}

function fact(release: ReadonlyMap<string, string>, name: string): string {
  const value = release.get(name);
  if (value === undefined || value === '') throw absent(`/etc/os-release has no ${name}`);
  return value;
}

function oneWord(text: string): string {
  const word = text.trim();
  if (!/^[\x21-\x7e]+$/.test(word)) throw unparsed('not one word');
  return word;
}
