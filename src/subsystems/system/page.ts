import type { NodeSection } from '../../core/rule.ts';
import { ageInWords, count, listed, percent, rate, sizeInWords } from '../../core/units.ts';
import { type Block, type Cell, type Fact, type Meter, type Role, shown, UNKNOWN } from '../../core/view.ts';
import type { FilesystemUse, Pressure, System } from './section.ts';

const MIB = 1024 * 1024;

/** The "System" part of a node's own page. */
export function page({ section }: NodeSection<System>): readonly Block[] {
  return [
    cpu(section),
    meter('Memory', section.mem_use_pct, 85, memoryText(section)),
    ...swap(section),
    ...disks(section),
    ...stalled(section),
    ...facts(section),
  ];
}

function meter(label: string, value: number | null, warn: number, text: Cell, crit = 101): Meter {
  const role: Role = value === null ? 'muted' : value > crit ? 'hot-crit' : value > warn ? 'hot-warn' : 'plain';
  return { kind: 'meter', label, percent: value, role, text };
}

function cpu({
  cpu_use_pct,
  cpu_count,
  cpu_steal_pct,
  load_avg_1: one,
  load_avg_5: five,
  load_avg_15: fifteen,
  rates_over_s: over,
}: System): Meter {
  const load = [one, five, fifteen].map((value) => (value === null ? '?' : value.toFixed(2))).join(' ');
  const steal = cpu_steal_pct === null ? '?' : percent(cpu_steal_pct, true);
  return meter(
    'CPU',
    cpu_use_pct,
    90,
    `${cpu_count ?? '?'} ${cpu_count === 1 ? 'core' : 'cores'}, load ${load}, steal ${steal}${over === null ? '' : ` over the last ${ageInWords(over)}`}`,
  );
}

function memoryText({ mem_available_mb: available, mem_total_mb: total }: System): Cell {
  return available === null || total === null ? UNKNOWN : `${ofSizes(available * MIB, total * MIB)} available`;
}

/** `3.0 of 7.8 GiB`: the unit once where both have the same. */
function ofSizes(part: number, whole: number): string {
  const [small, large] = [sizeInWords(part), sizeInWords(whole)];
  const unit = large.slice(large.lastIndexOf(' '));
  return small.endsWith(unit) ? `${small.slice(0, -unit.length)} of ${large}` : `${small} of ${large}`;
}

function swap({ swap_total_mb: total, swap_used_mb: used, swap_cached_mb: cached }: System): Block[] {
  if (total === null || used === null) return [meter('Swap', null, 30, UNKNOWN)];
  if (total === 0) return [];
  return [
    meter(
      'Swap',
      Math.floor((used / total) * 100),
      30,
      `${ofSizes(used * MIB, total * MIB)}${cached === null ? '' : `, ${sizeInWords(cached * MIB)} cached`}`,
    ),
  ];
}

function disks({ filesystems, disk_io: io }: System): Block[] {
  if (filesystems === null) return [meter('Disk', null, 85, UNKNOWN)];
  return filesystems.map((each) => {
    const label = each.mount === '/' ? 'Disk /' : each.mount;
    const moved = io?.find(({ device }) => `/dev/${device}` === each.device);
    const written = moved?.write_bytes_per_s ?? 0;
    return meter(label, each.use_pct, 85, `${space(each)}${written > 0 ? `, writes ${rate(written)}` : ''}`, 90);
  });
}

function space({ avail_bytes, total_bytes, inode_use_pct, read_only }: FilesystemUse): string {
  const left = avail_bytes === null || total_bytes === null ? 'not read' : `${ofSizes(avail_bytes, total_bytes)} left`;
  return `${left}${inode_use_pct === null ? '' : `, inodes ${percent(inode_use_pct)}`}${read_only ? ', read-only' : ''}`;
}

/** Only where the kernel tells: most small machines do not. */
function stalled({ psi: { cpu: waiting, memory, io } }: System): Block[] {
  if (io === null) return [];
  const others = [some('cpu', waiting), some('memory', memory)].filter((text) => text !== '');
  return [
    meter(
      'I/O stalled',
      io.some.avg60,
      100,
      `some task waited for the disk, last 60 s${others.length === 0 ? '' : `; ${others.join(', ')}`}`,
    ),
  ];
}

function some(name: string, stall: Pressure | null): string {
  return stall === null ? '' : `${name} ${percent(stall.some.avg60)}`;
}

function facts(section: System): Fact[] {
  const { heaviest, oom_kills_new: fresh, oom_kills: kills, reboot_required: reboot, md_arrays: arrays, temperatures } = section;
  const hottest = [...(temperatures ?? [])].sort((a, b) => b.celsius - a.celsius)[0];
  const raid = (arrays ?? []).map(({ name, level, degraded }) => `${name} ${level ?? 'inactive'} ${degraded ? 'degraded' : 'whole'}`);
  return [
    fact(
      'Heaviest',
      shown(heaviest, (each) => listed(each.slice(0, 2).map(({ name, rss_mb }) => `${name} ${sizeInWords(rss_mb * MIB)}`)) || 'none'),
    ),
    fact(
      'OOM kills',
      fresh === null
        ? shown(kills, (all) => `${count(all)} since boot`)
        : fresh === 0
          ? 'none since the last report'
          : { text: `${count(fresh)} since the last report`, role: 'hot-crit' },
    ),
    fact('Clock', clockText(section)),
    fact(
      'Reboot',
      shown(reboot, (required) => (required ? 'required' : 'not required')),
    ),
    ...(raid.length === 0
      ? []
      : [fact('RAID', { text: raid.join(', '), role: (arrays ?? []).some(({ degraded }) => degraded) ? 'hot-crit' : 'plain' })]),
    ...(hottest === undefined ? [] : [fact('Hottest', `${hottest.sensor} ${hottest.label} ${Math.round(hottest.celsius)} °C`)]),
  ];
}

function fact(label: string, value: Cell): Fact {
  return { kind: 'fact', label, value };
}

function clockText({ time_source: source, time_synchronised: inStep }: System): Cell {
  if (source === null) return UNKNOWN;
  if (inStep === null) return `kept by ${source}`;
  return inStep ? `synchronised by ${source}` : { text: `not synchronised, though ${source} runs`, role: 'warn' };
}
