import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import type { SocketOwner } from '../../core/host.ts';
import { timedOut, type Unknown } from '../../core/unknown.ts';
import { DEADLINES, type Left, seconds } from './limits.ts';

type Answer = SocketOwner[] | Unknown;

/** Gathers all that is asked in one turn into one look through the open files of every process, the dearest look there is. */
export function owners(left: Left): (inodes: readonly number[]) => Promise<Answer> {
  let gathered: { inodes: number[]; found: Promise<Answer> } | null = null;
  return async (inodes) => {
    if (gathered === null) {
      const wanted: number[] = [];
      const found = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        gathered = null;
        return lookedThrough(wanted, left(DEADLINES.owners));
      });
      gathered = { inodes: wanted, found };
    }
    gathered.inodes.push(...inodes);
    const found = await gathered.found;
    return Array.isArray(found) ? found.filter(({ inode }) => inodes.includes(inode)) : found;
  };
}

/** Looks until each socket's first holder is found. */
function lookedThrough(inodes: readonly number[], ms: number): Answer {
  const wanted = new Set(inodes.map((inode) => `socket:[${inode}]`));
  const found: SocketOwner[] = [];
  const end_ms = performance.now() + ms;
  for (const pid of wanted.size === 0 ? [] : pids()) {
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

/** Node.js names its first thread, and with it the process, after what the thread is: then the program's file says more. */
const NAMELESS = 'MainThread';

function nameOf(pid: number): string {
  try {
    const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trimEnd();
    return name === NAMELESS ? basename(readlinkSync(`/proc/${pid}/exe`)) : name;
  } catch {
    return '';
  }
}
