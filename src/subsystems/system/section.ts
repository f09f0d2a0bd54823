import * as z from 'zod/mini';

/** A mounted file system that holds data: no pseudo file system, no container layer, no image. */
const filesystem = z.object({
  mount: z.string(),
  device: z.string(),
  type: z.string(),
  total_bytes: z.nullable(z.number()),
  used_bytes: z.nullable(z.number()),
  /** What an ordinary user may still use. */
  avail_bytes: z.nullable(z.number()),
  /** As df works it out: used of used and available, rounded up. */
  use_pct: z.nullable(z.number()),
  inode_use_pct: z.nullable(z.number()),
  read_only: z.boolean(),
  /** The mount itself says writable and the file system below does not: the kernel turned it, as it does after an error. */
  turned_read_only: z.boolean(),
  /** What /etc/fstab says; null where it does not list the mount. */
  should_be_writable: z.nullable(z.boolean()),
});

/** What went to and from a whole device between two looks. */
const diskIo = z.object({
  device: z.string(),
  read_bytes_per_s: z.nullable(z.number()),
  write_bytes_per_s: z.nullable(z.number()),
  busy_pct: z.nullable(z.number()),
});

const heavyProcess = z.object({
  pid: z.number(),
  name: z.string(),
  rss_mb: z.number(),
  /** 100 is one core. */
  cpu_pct: z.number(),
});

/** Share of the time in which tasks waited, in percent, over the last 10 and 60 s. */
const stall = z.object({ avg10: z.number(), avg60: z.number() });

/** Pressure of one resource: `some` task waited, or all of them (`full`, which old kernels do not tell for the CPU). */
const pressure = z.object({ some: stall, full: z.nullable(stall) });

const mdArray = z.object({
  name: z.string(),
  /** Such as raid1; null for an inactive array, whose level the kernel does not tell. */
  level: z.nullable(z.string()),
  /** active, inactive, active (auto-read-only) … */
  state: z.string(),
  disks_total: z.nullable(z.number()),
  disks_up: z.nullable(z.number()),
  degraded: z.boolean(),
  /** How far a running recovery or resync is; null where none runs. */
  recovery_pct: z.nullable(z.number()),
});

const temperature = z.object({
  /** The chip or zone, such as coretemp. */
  sensor: z.string(),
  label: z.string(),
  celsius: z.number(),
  max_celsius: z.nullable(z.number()),
  crit_celsius: z.nullable(z.number()),
});

/** The machine itself. Sizes in `_mb` are MiB, truncated, as free prints them. */
export const system = z.object({
  os_name: z.nullable(z.string()),
  kernel_version: z.nullable(z.string()),
  uptime_seconds: z.nullable(z.number()),
  /** UTC, `YYYY-MM-DD HH:MM:SS`. */
  uptime_since: z.nullable(z.string()),
  time_unix: z.nullable(z.number()),
  time_synchronised: z.nullable(z.boolean()),
  time_source: z.nullable(z.string()),
  /** CPUs that are online. */
  cpu_count: z.nullable(z.number()),
  load_avg_1: z.nullable(z.number()),
  load_avg_5: z.nullable(z.number()),
  load_avg_15: z.nullable(z.number()),
  /** Of all CPUs together, between two looks. */
  cpu_use_pct: z.nullable(z.number()),
  cpu_steal_pct: z.nullable(z.number()),
  cpu_iowait_pct: z.nullable(z.number()),
  /** Seconds between the two looks that rates and new OOM kills come from. */
  rates_over_s: z.nullable(z.number()),
  mem_total_mb: z.nullable(z.number()),
  mem_used_mb: z.nullable(z.number()),
  mem_free_mb: z.nullable(z.number()),
  mem_available_mb: z.nullable(z.number()),
  mem_use_pct: z.nullable(z.number()),
  swap_total_mb: z.nullable(z.number()),
  swap_used_mb: z.nullable(z.number()),
  swap_cached_mb: z.nullable(z.number()),
  /** Of / or the profile's own volume, whichever is fuller, as `df -h` prints it: `78G`. */
  disk_total_gb: z.nullable(z.string()),
  disk_used_gb: z.nullable(z.string()),
  disk_avail_gb: z.nullable(z.string()),
  disk_use_pct: z.nullable(z.number()),
  inode_use_pct: z.nullable(z.number()),
  filesystems: z.nullable(z.array(filesystem)),
  disk_io: z.nullable(z.array(diskIo)),
  psi: z.object({ cpu: z.nullable(pressure), memory: z.nullable(pressure), io: z.nullable(pressure) }),
  /** Since boot. */
  oom_kills: z.nullable(z.number()),
  /** Since the last look. */
  oom_kills_new: z.nullable(z.number()),
  /** The five that take most of the memory or the CPU. */
  heaviest: z.nullable(z.array(heavyProcess)),
  reboot_required: z.nullable(z.boolean()),
  md_arrays: z.nullable(z.array(mdArray)),
  temperatures: z.nullable(z.array(temperature)),
});

export type System = z.infer<typeof system>;
export type FilesystemUse = z.infer<typeof filesystem>;
export type DiskIo = z.infer<typeof diskIo>;
export type HeavyProcess = z.infer<typeof heavyProcess>;
export type Pressure = z.infer<typeof pressure>;
export type MdArray = z.infer<typeof mdArray>;
export type Temperature = z.infer<typeof temperature>;
