import { aligned } from '../scripts/aligned.ts';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contender, type Cost, type Goal, goalTable, machine, median, race } from './measure.ts';

/** What one would type by hand to see as much of a machine. */
export const SHELL_LINE =
  'cat /proc/loadavg /proc/meminfo /proc/stat /proc/uptime /proc/vmstat /proc/net/dev /proc/net/snmp; df -P; df -i; ss -s; ss -tlnp; ps -eo pid,ppid,state,comm; systemctl --failed; systemctl show ssh cron dbus; wg show all; uname -r; uptime -s; true';

/** Goals A1 to A5 and A9: one report of this machine against the ways in which others get one. */
export function benchAgent(rounds: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'ward-bench-'));
  try {
    // Each has its own: what the one before it left a moment ago would be too young to count from.
    const stateOf = (name: string) => ({ WARD_STATE_DIR: join(folder, name) });
    const contenders: Contender[] = [
      { name: 'node -e 0', words: ['node', '-e', '0'] },
      { name: 'agent.cjs report', words: ['node', 'dist/agent.cjs', 'report', '--json'], env: stateOf('agent') },
      ...here('dist/ward.cjs', {
        name: 'ward node report --json',
        words: ['node', 'bin/ward.cjs', 'node', 'report', '--json'],
        env: stateOf('ward'),
      }),
      { name: 'naive collector, 35 programs', words: ['node', 'bench/peers/naive-collector.mjs'] },
      { name: 'shell one-liner', words: ['/bin/sh', '-c', SHELL_LINE] },
      ...here('/usr/bin/glances', {
        name: 'glances --stdout-json',
        words: ['glances', '--stdout-json', 'cpu,mem,load,fs,network,processcount,uptime,memswap,diskio', '--stop-after', '1'],
      }),
      ...(readyPeers()
        ? [{ name: 'systeminformation getAllData', words: ['node', 'bench/peers/system-information.mjs'] } satisfies Contender]
        : []),
    ];
    // A first report leaves counters and compiled code, and the bench is of the ones after it.
    for (const {
      words: [program, ...words],
      env,
    } of contenders)
      if (env !== undefined) spawnSync(program, words, { env: { ...process.env, ...env } });
    const costs = race(contenders, rounds);
    return [machine(), '', costTable(costs), '', goalTable(goals(costs)), '', overSlowest(rounds)].join('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Most milliseconds of collecting beyond the slowest question, which here waits for a port that never answers. */
const MOST_OVER_MS = 25;

function overSlowest(rounds: number): string {
  const runs = Array.from({ length: Math.min(rounds, 5) }, () => {
    const { stdout } = spawnSync('node', ['bench/hung-port.ts'], { encoding: 'utf8' });
    return JSON.parse(stdout) as { collect_ms: number; slowest_ms: number };
  });
  const over_ms = median(runs.map(({ collect_ms, slowest_ms }) => collect_ms - slowest_ms));
  const slowest_ms = median(runs.map((run) => run.slowest_ms));
  return `A hung port: the slowest question took ${slowest_ms.toFixed(0)} ms, the report ${over_ms.toFixed(0)} ms more (must be at most ${MOST_OVER_MS}): ${over_ms <= MOST_OVER_MS ? 'met' : 'MISSED'}`;
}

/** The contender, if what it runs is here. */
function here(path: string, contender: Contender): Contender[] {
  if (existsSync(path)) return [contender];
  process.stderr.write(`left out: ${contender.name}, for there is no ${path}\n`);
  return [];
}

function readyPeers(): boolean {
  if (existsSync('bench/peers/node_modules/systeminformation')) return true;
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: 'bench/peers',
    stdio: ['ignore', 2, 2],
  });
  return status === 0;
}

/** The costs for people. */
export function costTable(costs: ReadonlyMap<string, Cost>): string {
  const rows = [...costs].map(([name, { wall_ms, cpu_ms }]) => [name, wall_ms.toFixed(0), cpu_ms.toFixed(0)]);
  return aligned([['ONE REPORT', 'WALL ms', 'CPU ms'], ...rows]);
}

/** Goals A1 to A4 and A9, of those whose contenders ran. */
export function goals(costs: ReadonlyMap<string, Cost>): Goal[] {
  const of = (name: string, key: keyof Cost) => costs.get(name)?.[key] ?? NaN;
  const agent = 'agent.cjs report';
  const ratio = (ours: string, theirs: string, key: keyof Cost) => of(ours, key) / of(theirs, key);
  const all: Goal[] = [
    {
      id: 'A1',
      what: 'wall over the naive collector',
      ratio: ratio(agent, 'naive collector, 35 programs', 'wall_ms'),
      must: 0.6,
      moonshot: 0.4,
    },
    {
      id: 'A2',
      what: 'CPU over the naive collector',
      ratio: ratio(agent, 'naive collector, 35 programs', 'cpu_ms'),
      must: 0.45,
      moonshot: 0.28,
    },
    { id: 'A2', what: 'CPU over the shell one-liner', ratio: ratio(agent, 'shell one-liner', 'cpu_ms'), must: 1.6, moonshot: 1 },
    {
      id: 'A2',
      what: 'CPU over systeminformation',
      ratio: ratio(agent, 'systeminformation getAllData', 'cpu_ms'),
      must: 0.06,
      moonshot: 0.025,
    },
    {
      id: 'A3',
      what: 'wall over systeminformation',
      ratio: ratio(agent, 'systeminformation getAllData', 'wall_ms'),
      must: 0.1,
      moonshot: 0.04,
    },
    { id: 'A3', what: 'wall over glances', ratio: ratio(agent, 'glances --stdout-json', 'wall_ms'), must: 0.1, moonshot: 0.04 },
    { id: 'A4', what: 'CPU over node -e 0', ratio: ratio(agent, 'node -e 0', 'cpu_ms'), must: 3, moonshot: 1.6 },
    {
      id: 'A9',
      what: 'CPU of the whole CLI over the agent',
      ratio: ratio('ward node report --json', agent, 'cpu_ms'),
      must: 1.5,
      moonshot: 1.15,
    },
  ];
  return all.filter((goal) => Number.isFinite(goal.ratio));
}
