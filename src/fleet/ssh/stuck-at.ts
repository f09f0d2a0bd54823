import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Whether a process that hangs still waits for a name server (it holds a UDP socket to port 53), from what the kernel says of it.
 * Null where that cannot be seen.
 */
export function waitsForName(pid: number): boolean | null {
  try {
    const asking = new Set([...inodesTo53('udp'), ...inodesTo53('udp6')]);
    return readdirSync(`/proc/${pid}/fd`).some((file) => asking.has(socketOf(`/proc/${pid}/fd/${file}`) ?? ''));
  } catch {
    return null;
  }
}

/** Inodes of sockets whose far end is port 53 (0035), as proc_net_udp has them: sl, local, remote, …, inode in the tenth column. */
function inodesTo53(table: 'udp' | 'udp6'): string[] {
  return readFileSync(`/proc/net/${table}`, 'latin1')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[2]?.endsWith(':0035'))
    .map((columns) => columns[9] ?? '');
}

/** Null for what is no socket, or was closed meanwhile. */
function socketOf(path: string): string | null {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(path))?.[1] ?? null;
  } catch {
    return null;
  }
}
