import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Clock, SocketOwner } from '../../core/host.ts';
import { OLDEST_S } from '../../core/samples.ts';
import { timedOut, Unknown } from '../../core/unknown.ts';
import { clock } from './clock.ts';
import { inOneTurn } from './in-one-turn.ts';
import { DEADLINES, type Left, seconds } from './limits.ts';
import { programOf } from './programs.ts';
import { steadyMs } from '../steady-ms.ts';

/** Where the holders of sockets were seen. Of use within one boot only. */
export interface Holders {
  boot_id: string;
  /** By the socket's inode: the open file that is it, such as `/proc/71/fd/5`, or the uptime in seconds at which nobody who may be seen held it. */
  at: Record<string, string | number>;
}

/** Where nothing was seen yet. */
export const noHolders = (): Holders => ({ boot_id: '', at: {} });

type Answer = SocketOwner[] | Unknown;

/**
 * Finds who holds sockets, for all who ask in one turn by one search, the dearest look there is. It looks first where it saw them
 * last, and leaves in `holders` where it saw those that it was asked for.
 */
export function owners(left: Left, holders: Holders): (inodes: readonly number[]) => Promise<Answer> {
  const known = takenFrom(holders);
  const found = inOneTurn(async (asked: readonly (readonly number[])[]) =>
    lookedFor(new Set(asked.flat()), known(), holders, left(DEADLINES.owners)),
  );
  return async (inodes) => {
    const all = await found(inodes);
    return all instanceof Unknown ? all : all.filter(({ inode }) => inodes.includes(inode));
  };
}

/** What was seen before, if in this boot; from the first call on `holders` has room for what is seen now. */
function takenFrom(holders: Holders): () => Holders['at'] {
  let known: Holders['at'] | null = null;
  return () => {
    if (known === null) {
      const { boot_id } = now();
      known = holders.boot_id === boot_id ? holders.at : {};
      Object.assign(holders, { boot_id, at: {} });
    }
    return known;
  };
}

function lookedFor(inodes: ReadonlySet<number>, known: Holders['at'], holders: Holders, ms: number): Answer {
  const wanted = new Map([...inodes].map((inode) => [`socket:[${inode}]`, inode]));
  const { uptime_s } = now();
  const found: SocketOwner[] = [];
  const names = new Map<number, string>();
  const named = (pid: number): string => {
    const name = names.get(pid) ?? nameOf(pid);
    names.set(pid, name);
    return name;
  };
  const take = (path: string, link: string): void => {
    const inode = wanted.get(link);
    if (inode === undefined) return;
    wanted.delete(link);
    holders.at[inode] = path;
    const pid = Number(path.split('/')[2]);
    found.push({ inode, pid, program: named(pid) });
  };
  for (const [link, inode] of [...wanted]) {
    const seen = known[inode];
    if (typeof seen === 'string' && linkAt(seen) === link) take(seen, link);
    if (typeof seen !== 'number' || uptime_s - seen > OLDEST_S) continue;
    wanted.delete(link);
    holders.at[inode] = seen;
  }
  const late = search(() => wanted.size === 0, take, steadyMs() + ms);
  if (late) return timedOut(`not all open files were looked through within ${seconds(ms)}`);
  for (const inode of wanted.values()) holders.at[inode] = uptime_s;
  return found.sort((a, b) => a.inode - b.inode);
}

function now(): Clock {
  const at = clock();
  if (at instanceof Unknown) throw at;
  return at;
}

/** Looks at every open file of every process that may be seen, until all is found; true if there was no time for that. */
function search(allFound: () => boolean, take: (path: string, link: string) => void, end_ms: number): boolean {
  if (allFound()) return false;
  for (const pid of pids()) {
    if (allFound()) return false;
    if (steadyMs() > end_ms) return true;
    for (const fd of filesOf(pid)) {
      const path = `/proc/${pid}/fd/${fd}`;
      take(path, linkAt(path));
    }
  }
  return false;
}

/** The first process comes last: it holds sockets for those that it starts when somebody calls. */
function pids(): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return [...all.filter((pid) => pid !== 1), 1];
}

function filesOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`);
  } catch {
    return [];
  }
}

/** Empty where it is gone or not to be seen. */
function linkAt(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** Node.js names its first thread, and with it the process, after what the thread is: then the program's file says more. */
const NAMELESS = 'MainThread';

function nameOf(pid: number): string {
  try {
    const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trimEnd();
    return name === NAMELESS ? programOf(pid) : name;
  } catch {
    return '';
  }
}
