import { type Ask, type Change, orNull } from '../../core/ask.ts';
import { type ProcessStat, processStats } from '../../core/process-stat.ts';
import { unparsed } from '../../core/unknown.ts';
import { tenths } from '../../core/tenths.ts';
import type { HeavyProcess } from './section.ts';

const MOST = 5;
/** Of those that do not say what they are, the largest are looked at. */
const MOST_NAMELESS = 32;

/** CPU time of every process that had any, in hundredths of a second, by pid and start. */
type Ticks = Record<string, number>;

/** The processes that take the largest share of the memory or of the CPU; ward itself is left out, for it is at work just now. */
export function heaviest(ask: Ask, memTotalKib: () => number, cpuCount: () => number): () => HeavyProcess[] {
  const all = ask.readEach('/proc/*/stat', processStats);
  const change = ask.change('system.processes', (at) => at.readEach('/proc/*/stat', ticks));
  const status = ask.read('/proc/self/status', ownStatus);
  const others = ask.all([all, status], () => all().filter(({ pid }) => pid !== status().pid));
  const programs = ask.after(others, (processes) => {
    const pids = namelessIn(processes);
    return pids.length === 0 ? ask.all([], () => []) : ask.programs(pids);
  });
  const statm = ask.read('/proc/self/statm', residentPages);
  return () => {
    const own = status();
    const page = pageKib(own.rss_kib, statm());
    const cpu = cpuPercent(change());
    const known = new Map(orNull(programs)?.map(({ pid, program }) => [pid, program]));
    const share = ({ rss_mb, cpu_pct }: HeavyProcess) => Math.max((rss_mb * 1024) / memTotalKib(), cpu_pct / (100 * cpuCount()));
    return others()
      .map((process) => ({
        pid: process.pid,
        name: known.get(process.pid) ?? process.name,
        rss_mb: Math.floor((process.rss_pages * page) / 1024),
        cpu_pct: cpu(process),
      }))
      .filter((process) => share(process) > 0)
      .sort((a, b) => share(b) - share(a) || a.pid - b.pid)
      .slice(0, MOST);
  };
}

/** Node.js names its first thread, and with it the process, after what the thread is: then the program's file says more. */
function namelessIn(processes: readonly ProcessStat[]): number[] {
  const nameless = processes.filter(({ name }) => name === 'MainThread').sort((a, b) => b.rss_pages - a.rss_pages || a.pid - b.pid);
  return nameless.slice(0, MOST_NAMELESS).map(({ pid }) => pid);
}

function ticks(files: Parameters<typeof processStats>[0]): Ticks {
  return Object.fromEntries(processStats(files).flatMap((process) => (process.ticks > 0 ? [[keyOf(process), process.ticks]] : [])));
}

function keyOf({ pid, started }: ProcessStat): string {
  return `${pid}.${started}`;
}

/** A process that the earlier look did not see had used nothing then, or was not yet there. */
function cpuPercent({ before, now, seconds }: Change<Ticks>): (process: ProcessStat) => number {
  return (process) => {
    const key = keyOf(process);
    return tenths(Math.max(0, (now[key] ?? 0) - (before[key] ?? 0)) / seconds);
  };
}

function ownStatus(text: string): { pid: number; rss_kib: number } {
  const [pid, rss_kib] = [/^Pid:\t(\d+)$/m, /^VmRSS:\t *(\d+) kB$/m].map((line) => Number(line.exec(text)?.[1]));
  if (pid === undefined || rss_kib === undefined || !(pid > 0 && rss_kib > 0)) throw unparsed('no lines Pid and VmRSS');
  return { pid, rss_kib };
}

function residentPages(text: string): number {
  const pages = Number(/^\d+ (\d+) /.exec(text)?.[1]);
  if (!(pages > 0)) throw unparsed('no count of resident pages');
  return pages;
}

/** The kernel's page size, which no file tells: 4, 16 or 64 KiB, whichever is nearest to what one process takes by both counts. */
function pageKib(kib: number, pages: number): number {
  return 4 ** Math.min(3, Math.max(1, Math.round(Math.log(kib / pages) / Math.log(4))));
}
