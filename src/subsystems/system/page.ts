import type { NodeSection } from '../../core/rule.ts';
import { ageInWords, listed, percent, sizeInWords } from '../../core/units.ts';
import { type Block, type Cell, type Meter, type Role, UNKNOWN } from '../../core/view.ts';
import { mayFill } from './may-fill.ts';
import { facts } from './page-facts.ts';
import type { FilesystemUse, Pressure, System } from './section.ts';

const MIB = 1024 * 1024;

/** The "System" part of a node's own page. */
export function page({ section }: NodeSection<System>): readonly Block[] {
  return [
    cpu(section),
    meter('Memory', section.mem_use_pct, [85, Infinity], memoryText(section)),
    ...swap(section),
    ...disks(section),
    ...stalled(section),
    ...facts(section),
  ];
}

/** Above the first a warning, above the second critical. */
type Limits = readonly [warning: number, critical: number];
const NONE: Limits = [Infinity, Infinity];
const DISK: Limits = [85, 90];

function meter(label: string, value: number | null, [warning, critical]: Limits, text: Cell): Meter {
  const role: Role = value === null ? 'muted' : value > critical ? 'hot-crit' : value > warning ? 'hot-warn' : 'plain';
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
    [90, Infinity],
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
  if (total === null || used === null) return [meter('Swap', null, NONE, UNKNOWN)];
  if (total === 0) return [];
  const much = used > 1536 || (cached ?? 0) > 200;
  const text = `${ofSizes(used * MIB, total * MIB)}${cached === null ? '' : `, ${sizeInWords(cached * MIB)} cached`}`;
  return [meter('Swap', Math.floor((used / total) * 100), much ? [-1, Infinity] : NONE, text)];
}

function disks({ filesystems }: System): Block[] {
  if (filesystems === null) return [meter('Disk', null, NONE, UNKNOWN)];
  return filesystems.map((each) =>
    meter(each.mount === '/' ? 'Disk /' : each.mount, each.use_pct, mayFill(each) ? DISK : NONE, space(each)),
  );
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
      NONE,
      `some task waited for the disk, last 60 s${others.length === 0 ? '' : `; ${listed(others)}`}`,
    ),
  ];
}

function some(name: string, stall: Pressure | null): string {
  return stall === null ? '' : `${name} ${percent(stall.some.avg60)}`;
}
