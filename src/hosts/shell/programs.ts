import type { RunningProgram } from '../../core/host.ts';
import { Unknown } from '../../core/unknown.ts';
import { DEADLINES, type Left, MIB } from '../local/limits.ts';
import { programAt } from '../local/programs.ts';
import type { Run } from './run.ts';

/** A line for each process: its number and its program. A newline in a path becomes another character, so that no file makes a line of its own. */
const LOOK = 'for p; do echo "$p $(readlink "/proc/$p/exe" | tr "\\n" "?")"; done; exit 0';

/** What processes run, by one look for all of them. */
export function programs(run: Run, left: Left): (pids: readonly number[]) => Promise<RunningProgram[] | Unknown> {
  return async (pids) => {
    if (pids.length === 0) return [];
    const ran = await run('sh', ['-c', LOOK, 'sh', ...pids.map(String)], { ms: left(DEADLINES.file), bytes: MIB });
    if (ran instanceof Unknown) return ran;
    return ran.stdout.split('\n').flatMap((line) => {
      const [, pid, link] = /^(\d+) (.+)\?$/.exec(line) ?? [];
      return link === undefined ? [] : [{ pid: Number(pid), program: programAt(link) }];
    });
  };
}
