import { count, listed, percent, rate, sizeInWords } from '../../core/units.ts';
import { type Cell, type Fact, shown, UNKNOWN } from '../../core/view.ts';
import type { DiskIo, HeavyProcess, MdArray, System, Temperature } from './section.ts';

/** From so much of one core on a process's CPU is told beside its memory. */
const MUCH_CPU_PCT = 20;

/** What the page of a node tells in words, below its meters. */
export function facts(section: System): Fact[] {
  const { heaviest, disk_io, reboot_required, md_arrays, temperatures } = section;
  return [
    fact('Heaviest', shown(heaviest, heaviestText)),
    fact('OOM kills', kills(section)),
    fact('Clock', clock(section)),
    fact('Reboot', shown(reboot_required, reboot)),
    ...diskIo(disk_io ?? []),
    ...raid(md_arrays ?? []),
    ...hottest(temperatures ?? []),
  ];
}

function fact(label: string, value: Cell): Fact {
  return { kind: 'fact', label, value };
}

/** `rqlited 1.1 GiB and stress 2.0 MiB, 390% CPU`; of a process of the kernel, which has no memory of its own, only the CPU. */
export function heaviestText(processes: readonly HeavyProcess[]): string {
  const two = processes.slice(0, 2).map((each) => `${each.name} ${weightOf(each).join(', ')}`);
  return two.length === 0 ? 'none' : listed(two);
}

function weightOf({ rss_mb, cpu_pct }: HeavyProcess): string[] {
  return [
    ...(rss_mb > 0 ? [sizeInWords(rss_mb * 1024 * 1024)] : []),
    ...(rss_mb === 0 || cpu_pct >= MUCH_CPU_PCT ? [`${percent(cpu_pct, true)} CPU`] : []),
  ];
}

function kills({ oom_kills_new: fresh, oom_kills: all }: System): Cell {
  if (fresh === null) return shown(all, (since) => (since === 0 ? 'none since boot' : `${count(since)} since boot`));
  return fresh === 0 ? 'none since the last report' : { text: `${count(fresh)} since the last report`, role: 'hot-crit' };
}

function clock({ time_source: source, time_synchronised: inStep }: System): Cell {
  if (source === null) return UNKNOWN;
  if (inStep === null) return `kept by ${source}`;
  return inStep ? `synchronised by ${source}` : { text: `not synchronised, though ${source} runs`, role: 'warn' };
}

function reboot(required: boolean): string {
  return required ? 'required' : 'not required';
}

/** `sda reads 8.1M/s, writes 81M/s, 13% busy`, for the three busiest that move anything. */
function diskIo(devices: readonly DiskIo[]): Fact[] {
  const moving = devices.filter(({ read_bytes_per_s: read, write_bytes_per_s: written }) => (read ?? 0) + (written ?? 0) > 0);
  const busiest = moving.sort((a, b) => (b.busy_pct ?? 0) - (a.busy_pct ?? 0)).slice(0, 3);
  const flow = ({ device, read_bytes_per_s: read, write_bytes_per_s: written, busy_pct: busy }: DiskIo) =>
    `${device} reads ${read === null ? '?' : rate(read)}, writes ${written === null ? '?' : rate(written)}, ${busy === null ? '?' : percent(busy)} busy`;
  return busiest.length === 0 ? [] : [fact('Disk I/O', busiest.map(flow).join('; '))];
}

function raid(arrays: readonly MdArray[]): Fact[] {
  const told = arrays.map(
    ({ name, level, state, degraded }) => `${name} ${level === null ? state : `${level} ${degraded ? 'degraded' : 'whole'}`}`,
  );
  const wrong = arrays.some(({ degraded }) => degraded);
  return told.length === 0 ? [] : [fact('RAID', { text: told.join(', '), role: wrong ? 'hot-crit' : 'plain' })];
}

function hottest(sensors: readonly Temperature[]): Fact[] {
  const [most] = [...sensors].sort((a, b) => b.celsius - a.celsius);
  return most === undefined ? [] : [fact('Hottest', `${most.sensor} ${most.label} ${Math.round(most.celsius)} °C`)];
}
