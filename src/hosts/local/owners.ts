import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { SocketOwner } from '../../core/host.ts';

/** Looks through the open files of every process that may be seen, until each socket's holder is found. */
export function owners(inodes: readonly number[]): SocketOwner[] {
  const wanted = new Set(inodes.map((inode) => `socket:[${inode}]`));
  const found: SocketOwner[] = [];
  for (const pid of pids()) {
    if (wanted.size === 0) break;
    for (const link of links(pid)) {
      if (!wanted.delete(link)) continue;
      found.push({ inode: Number(link.slice('socket:['.length, -1)), pid, program: nameOf(pid) });
    }
  }
  return found.sort((a, b) => a.inode - b.inode);
}

function pids(): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
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
