import { aligned } from '../scripts/aligned.ts';
import { spawnSync } from 'node:child_process';
import { cpus, release } from 'node:os';
import { readFileSync } from 'node:fs';

/** One thing to measure: a program with words, run whole. */
export interface Contender {
  name: string;
  words: readonly [string, ...string[]];
  env?: Readonly<Record<string, string>>;
  /** Is left alone for so long before each run: the agent counts nothing from a look that is younger than a second. */
  rest_ms?: number;
}

/** Milliseconds, medians over the rounds; processor time is the whole process tree's. */
export interface Cost {
  wall_ms: number;
  cpu_ms: number;
}

const TIMED = 'TIMEFORMAT="WARDBENCH %R %U %S"; time "$@" >/dev/null 2>/dev/null </dev/null';

/** Runs each contender once a round, in turn, so that a busy moment of the machine meets all of them alike; `within` starts them elsewhere. */
export function race(contenders: readonly Contender[], rounds: number, within: readonly string[] = []): Map<string, Cost> {
  const runs = new Map<string, Cost[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const contender of contenders) {
      const cost = once(contender, within);
      // The first round only warms caches.
      if (round > 0) runs.get(contender.name)?.push(cost);
    }
  }
  return new Map(
    [...runs].map(([name, costs]) => [
      name,
      { wall_ms: median(costs.map(({ wall_ms }) => wall_ms)), cpu_ms: median(costs.map(({ cpu_ms }) => cpu_ms)) },
    ]),
  );
}

function once({ words, env, name, rest_ms = 0 }: Contender, within: readonly string[]): Cost {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, rest_ms);
  const [program, ...before] = [...within, '/bin/bash'];
  const { stderr, status } = spawnSync(program, [...before, '-c', TIMED, 'bash', ...words], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: 120_000,
  });
  const [, wall, user, system] = /WARDBENCH (\S+) (\S+) (\S+)/.exec(stderr) ?? [];
  if (wall === undefined || status !== 0) throw new Error(`${name} ended with ${status}: ${stderr.slice(0, 300)}`);
  return { wall_ms: Number(wall) * 1000, cpu_ms: (Number(user) + Number(system)) * 1000 };
}

/** The middle of the values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** What figures are worth nothing without. */
export function machine(): string {
  const model = cpus()[0]?.model ?? 'unknown processor';
  const [load = '?'] = readFileSync('/proc/loadavg', 'utf8').split(' ');
  return `${cpus().length} x ${model}, Linux ${release()}, Node ${process.versions.node}, load ${load}`;
}

/** A goal as a ratio of two contenders in this run, and whether it was met. */
export interface Goal {
  id: string;
  what: string;
  ratio: number;
  must: number;
  moonshot: number | null;
}

/** The goals as a table for the terminal. */
export function goalTable(goals: readonly Goal[]): string {
  const rows = goals.map(({ id, what, ratio, must, moonshot }) => [
    id,
    what,
    ratio.toFixed(2),
    `<= ${must}`,
    moonshot === null ? '' : `<= ${moonshot}`,
    verdict(ratio, must, moonshot),
  ]);
  return aligned([['GOAL', 'WHAT', 'RATIO', 'MUST', 'MOONSHOT', ''], ...rows]);
}

function verdict(ratio: number, must: number, moonshot: number | null): string {
  if (moonshot !== null && ratio <= moonshot) return 'moonshot';
  return ratio <= must ? 'met' : 'MISSED';
}
