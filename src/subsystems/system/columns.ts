import type { NodeSection } from '../../core/rule.ts';
import type { Columns, Curve, NodeColumn } from '../../core/subsystem.ts';
import { age, many, percent } from '../../core/units.ts';
import { type Cell, type Role, shown } from '../../core/view.ts';
import { mayFill } from './may-fill.ts';
import { page } from './page.ts';
import type { System } from './section.ts';

/** How the machine itself shows: figures in every list of nodes, meters and facts on its page. */
export const columns: Columns<System> = {
  summary,
  nodes: [
    measured('CPU', { value: ({ cpu_use_pct }) => cpu_use_pct, top: 100, warning: 90, critical: null, bar: false }),
    measured('MEM', { value: ({ mem_use_pct }) => mem_use_pct, top: 100, warning: 85, critical: null, bar: true }),
    measured('DISK', { value: (section) => fullest(section)?.use_pct ?? null, top: 100, warning: 85, critical: 90, bar: true }),
    {
      ...measured('STEAL', { value: ({ cpu_steal_pct }) => cpu_steal_pct, top: 16, warning: 5, critical: 15, bar: false }),
      min: 5,
      priority: 3,
    },
    { title: 'LOAD', min: 5, align: 'right', priority: 9, cell: loadCell },
    { title: 'UP', min: 4, align: 'right', priority: 9, cell: ({ uptime_seconds }) => shown(uptime_seconds, age) },
  ],
  page,
};

/** A share in percent with its way over the rounds; a small one is shown to a tenth where the whole scale is small. */
function measured(title: string, curve: Curve<System>): NodeColumn<System> {
  const { value, top, warning, critical } = curve;
  const role = (pct: number): Role => (critical !== null && pct > critical ? 'hot-crit' : pct > warning ? 'hot-warn' : 'plain');
  const cell = (section: System) => shown(value(section), (pct): Cell => ({ text: percent(pct, top < 100), role: role(pct) }));
  return { title, min: 4, align: 'right', priority: 2, cell, curve };
}

function loadCell({ load_avg_1: one, cpu_count: cpus }: System): Cell {
  return shown(one, (load) => ({ text: load.toFixed(2), role: cpus !== null && cpus > 0 && load / cpus > 2 ? 'hot-warn' : 'plain' }));
}

/** The fullest file system; of an original report the disk that it tells. Null if none is known. */
function fullest({ filesystems, disk_use_pct }: System): { mount: string; use_pct: number } | null {
  const known = (filesystems ?? []).filter(mayFill).flatMap(({ mount, use_pct }) => (use_pct === null ? [] : [{ mount, use_pct }]));
  const own = disk_use_pct === null ? [] : [{ mount: '/', use_pct: disk_use_pct }];
  return [...known, ...own].sort((a, b) => b.use_pct - a.use_pct)[0] ?? null;
}

/** `CPU 23%, memory 61%, / 91% full`, the problem first. */
function summary({ section }: NodeSection<System>): Cell {
  const { cpu_use_pct: cpu, mem_use_pct: memory, cpu_steal_pct: steal } = section;
  const disk = fullest(section);
  const parts: [text: string, role: Role][] = [
    [disk === null ? 'disk ?' : `disk ${disk.mount} ${disk.use_pct}% full`, level(disk?.use_pct, 85, 90)],
    [`memory ${memory === null ? '?' : percent(memory)}`, level(memory, 85, 101)],
    [`CPU ${cpu === null ? '?' : percent(cpu)}`, level(cpu, 90, 101)],
    ...((steal ?? 0) > 5 ? [[`steal ${percent(steal ?? 0, true)}`, level(steal, 5, 15)] as [string, Role]] : []),
    ...problems(section),
  ];
  const order: readonly Role[] = ['crit', 'warn', 'plain'];
  const sorted = parts.sort(([, a], [, b]) => order.indexOf(a) - order.indexOf(b));
  return { text: sorted.map(([text]) => text).join(', '), role: sorted[0]?.[1] ?? 'plain' };
}

function level(value: number | null | undefined, warn: number, crit: number): Role {
  return value === null || value === undefined || value <= warn ? 'plain' : value > crit ? 'crit' : 'warn';
}

function problems({ md_arrays, filesystems, oom_kills_new }: System): [string, Role][] {
  const degraded = (md_arrays ?? []).filter((array) => array.degraded);
  const stuck = (filesystems ?? []).filter((each) => each.turned_read_only);
  return [
    ...degraded.map(({ name }): [string, Role] => [`RAID ${name} degraded`, 'crit']),
    ...stuck.map(({ mount }): [string, Role] => [`${mount} read-only`, 'warn']),
    ...((oom_kills_new ?? 0) > 0 ? [[`${many(oom_kills_new ?? 0, 'OOM kill')}`, 'crit'] as [string, Role]] : []),
  ];
}
