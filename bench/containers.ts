import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { startDockerd } from '../test/subsystems/containers/dockerd.ts';
import { machine, median } from './measure.ts';

const COUNT = 40;
/** Of CPU for the section of so many containers. */
const MUST_MS = 150;

/** The section of forty containers that a real dockerd runs: CPU of its collector, and questions for each container. */
export async function benchContainers(rounds: number): Promise<string> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/sbin/dockerd')) return 'left out: it needs root and dockerd';
  const dockerd = await startDockerd();
  try {
    for (let at = 0; at < COUNT; at += 1)
      await dockerd.docker('run', '-d', '--network', 'none', '--name', `c${at}`, 'ward/base', 'sleep', '10000');
    const runs = Array.from({ length: rounds }, () => section(dockerd.socket));
    const cpu_ms = median(runs.map((run) => run.cpu_ms));
    const each = Math.max(...runs.map(({ asked }) => mostOfOne(asked)));
    return [
      machine(),
      '',
      `${COUNT} containers, ${runs[0]?.containers} seen: ${cpu_ms.toFixed(0)} ms of CPU (must be under ${MUST_MS}): ${cpu_ms < MUST_MS ? 'met' : 'MISSED'}`,
      `${runs[0]?.asked.length} questions, at most ${each} about one container`,
    ].join('\n');
  } finally {
    await dockerd.stop();
  }
}

interface Section {
  cpu_ms: number;
  containers: number;
  asked: string[];
}

function section(socket: string): Section {
  return JSON.parse(spawnSync('node', ['bench/containers-section.ts', socket], { encoding: 'utf8' }).stdout) as Section;
}

/** Of all containers, the most questions that went to one. */
function mostOfOne(asked: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const path of asked) {
    const [, id] = /^\/containers\/([0-9a-f]{64})\//.exec(path) ?? [];
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}
