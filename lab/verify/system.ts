import { type Figure, lines, number, says, sorted, word, type Json } from './figure.ts';

/** One column of `free -m`; moves with everything that runs. */
function memory(name: string, row: string, column: number, within?: number): Figure {
  return {
    path: `system.${name}`,
    command: `free -m | awk '/^${row}:/ {print $${column}}'`,
    read: number,
    ...(within === undefined ? {} : { within }),
  };
}

function disk(name: string, column: string, within?: number): Figure {
  return {
    path: `system.filesystems[mount=/srv/data].${name}`,
    command: `df -B1 --output=${column} /srv/data | tail -n 1 | tr -d %`,
    read: number,
    ...(within === undefined ? {} : { within }),
  };
}

const devicesOf = (value: unknown) => sorted((value as Json[] | null)?.map(({ device }) => device));

/** The machine itself, as coreutils, procps and /proc tell it. The hosts share one kernel, so much of it moves by what others do. */
export const SYSTEM: readonly Figure[] = [
  { path: 'hostname', command: 'hostname', read: word },
  { path: 'system.kernel_version', command: 'uname -r', read: word },
  { path: 'system.os_name', command: '. /etc/os-release; echo "$PRETTY_NAME"', read: word },
  { path: 'system.cpu_count', command: 'nproc', read: number },
  { path: 'system.uptime_seconds', command: 'cut -d " " -f 1 /proc/uptime', read: number, within: 25 },
  {
    path: 'system.uptime_since',
    command: 'date -d "$(uptime -s)" +%s',
    read: number,
    as: (since) => Date.parse(`${String(since).replace(' ', 'T')}Z`) / 1000,
    within: 2,
  },
  { path: 'system.time_unix', command: 'date +%s', read: number, within: 25 },
  // As much as forty processes that begin to run move them within ten seconds.
  { path: 'system.load_avg_1', command: 'cut -d " " -f 1 /proc/loadavg', read: number, within: 6 },
  { path: 'system.load_avg_5', command: 'cut -d " " -f 2 /proc/loadavg', read: number, within: 1.3 },
  { path: 'system.load_avg_15', command: 'cut -d " " -f 3 /proc/loadavg', read: number, within: 0.45 },
  memory('mem_total_mb', 'Mem', 2),
  memory('mem_used_mb', 'Mem', 3, 500),
  memory('mem_free_mb', 'Mem', 4, 500),
  memory('mem_available_mb', 'Mem', 7, 500),
  memory('swap_total_mb', 'Swap', 2),
  memory('swap_used_mb', 'Swap', 3, 50),
  { path: 'system.disk_total_gb', command: 'df -h --output=size / | tail -n 1', read: word },
  { path: 'system.disk_use_pct', command: 'df --output=pcent / | tail -n 1 | tr -d %', read: number, within: 1 },
  { path: 'system.inode_use_pct', command: 'df --output=ipcent / | tail -n 1 | tr -d %', read: number, within: 1 },
  { path: 'system.filesystems', command: 'df --output=source -x tmpfs -x devtmpfs | tail -n +2', read: lines, as: devicesOf },
  disk('total_bytes', 'size'),
  disk('used_bytes', 'used'),
  disk('avail_bytes', 'avail'),
  disk('use_pct', 'pcent'),
  disk('inode_use_pct', 'ipcent'),
  { path: 'system.filesystems[mount=/srv/data].device', command: 'findmnt -n -o SOURCE /srv/data | cut -d "[" -f 1', read: word },
  { path: 'system.filesystems[mount=/srv/data].type', command: 'findmnt -n -o FSTYPE /srv/data', read: word },
  {
    path: 'system.filesystems[mount=/srv/data].read_only',
    command: 'findmnt -n -o OPTIONS /srv/data',
    read: (output) => output.split(',').includes('ro'),
  },
  { path: 'system.oom_kills', command: "awk '/^oom_kill / {print $2}' /proc/vmstat", read: number },
  { path: 'system.reboot_required', command: 'test -e /run/reboot-required && echo yes || echo no', read: says('yes') },
];
