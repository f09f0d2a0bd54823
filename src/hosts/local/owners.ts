import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { SocketOwner } from '../../core/host.ts';
import { timedOut, type Unknown } from '../../core/unknown.ts';
import { seconds } from './limits.ts';

/** Looks through the open files of every process that may be seen, until each socket's first holder is found. */
export function owners(inodes: readonly number[], ms: number): SocketOwner[] | Unknown {
  const wanted = new Set(inodes.map((inode) => `socket:[${inode}]`));
  const found: SocketOwner[] = [];
  const end_ms = performance.now() + ms;
  for (const pid of pids()) {
    if (wanted.size === 0) break;
    if (performance.now() > end_ms) return timedOut(`not all open files were looked through within ${seconds(ms)}`);
    for (const link of links(pid)) {
      if (!wanted.delete(link)) continue;
      found.push({ inode: Number(link.slice('socket:['.length, -1)), pid, program: nameOf(pid) });
    }
  }
  return found.sort((a, b) => a.inode - b.inode);
}

/** The first process comes last: it holds sockets for those that it starts when somebody calls. */
function pids(): number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
  return [...all.filter((pid) => pid !== 1), 1];
}

function links(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => linkOf(`/proc/${pid}/fd/${fd}`));
  } catch {
    return [];
  }
}

function linkOf(path: string): string[] {
  try {
    return [readlinkSync(path)];
  } catch {
    return [];
  }
}

function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trimEnd();
  } catch {
    return '';
  }
}
