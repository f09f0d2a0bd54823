import type { SocketOwner } from '../../core/host.ts';
import { Unknown } from '../../core/unknown.ts';
import { inOneTurn } from '../local/in-one-turn.ts';
import { DEADLINES, type Left, MIB } from '../local/limits.ts';
import { programAt } from '../local/programs.ts';
import type { Run } from './run.ts';

/**
 * Every socket that a process holds, the names of all processes, and the program of each whose name says nothing. With -q no name of a file can make a line
 * of its own.
 */
const LOOK = [
  'q=; ls -q / >/dev/null 2>&1 && q=-q',
  'ls -l $q /proc/[0-9]*/fd 2>/dev/null | grep -a -e "^/proc/[0-9]*/fd:$" -e " -> socket:"',
  'echo',
  'grep -a "" /dev/null /proc/[0-9]*/comm 2>/dev/null',
  `grep -l "^MainThread$" /proc/[0-9]*/comm 2>/dev/null | while read -r f; do ls -l "\${f%comm}exe"; done 2>/dev/null`,
  'exit 0',
].join('; ');

const MOST_BYTES = 16 * MIB;

/** Who holds sockets, for all who ask in one turn by one search. */
export function owners(run: Run, left: Left): (inodes: readonly number[]) => Promise<SocketOwner[] | Unknown> {
  const look = inOneTurn(async (_asked: readonly (readonly number[])[]) => {
    const ran = await run('sh', ['-c', LOOK], { ms: left(DEADLINES.owners), bytes: MOST_BYTES });
    return ran instanceof Unknown ? ran : holdersIn(ran.stdout);
  });
  return async (inodes) => {
    if (inodes.length === 0) return [];
    const all = await look(inodes);
    return all instanceof Unknown ? all : all.filter(({ inode }) => inodes.includes(inode));
  };
}

function holdersIn(text: string): SocketOwner[] {
  const [sockets = '', names = ''] = text.split('\n\n');
  const programs = namesIn(names);
  const held: { inode: number; pid: number }[] = [];
  let pid = 0;
  for (const line of sockets.split('\n')) {
    const folder = /^\/proc\/(\d+)\/fd:$/.exec(line)?.[1];
    if (folder !== undefined) pid = Number(folder);
    const inode = /^l[^>]* \d+ -> socket:\[(\d+)\]$/.exec(line)?.[1];
    if (inode !== undefined) held.push({ inode: Number(inode), pid });
  }
  // The first process comes last: it holds sockets for those that it starts when somebody calls.
  const order = (each: { pid: number }) => (each.pid === 1 ? Number.POSITIVE_INFINITY : each.pid);
  const first = new Map<number, number>();
  for (const each of held.sort((a, b) => order(a) - order(b))) if (!first.has(each.inode)) first.set(each.inode, each.pid);
  return [...first]
    .map(([inode, holder]) => ({ inode, pid: holder, program: programs.get(holder) ?? '' }))
    .sort((a, b) => a.inode - b.inode);
}

/** `/proc/71/comm:sshd`, and for what is named after a thread `… /proc/72/exe -> /usr/bin/node`. */
function namesIn(text: string): Map<number, string> {
  const names = new Map<number, string>();
  for (const line of text.split('\n')) {
    const [, pid, name] = /^\/proc\/(\d+)\/comm:(.*)$/.exec(line) ?? [];
    if (pid !== undefined && name !== undefined && !names.has(Number(pid))) names.set(Number(pid), name);
    const [, of, program] = /^l[^>]* \/proc\/(\d+)\/exe -> (.+)$/.exec(line) ?? [];
    if (of !== undefined && program !== undefined) names.set(Number(of), programAt(program));
  }
  return names;
}
