import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../test/fleet/sshd.ts';
import { parentOf, pssMib, TICK_MS, ticks } from './process-cost.ts';

/** Between two refreshes of ward, and as long as netdata is watched. */
export const NETDATA_S = 30;

const PROGRAM = '/usr/sbin/netdata';
const FOLDERS = ['config', 'cache', 'lib', 'log', 'home', 'lock'];

/** What netdata with all its plugins costs meanwhile: it counts each second, whether anybody looks or not. */
export async function netdata(folder: string, children: ChildProcess[]): Promise<{ cpu_ms: number | null; cells: string[][] }> {
  if (!existsSync(PROGRAM)) {
    process.stderr.write('left out: netdata, for it is not installed (apt-get install netdata-core)\n');
    return { cpu_ms: null, cells: [] };
  }
  const place = join(folder, 'netdata');
  for (const name of FOLDERS) mkdirSync(join(place, name), { recursive: true });
  const port = await freePort();
  writeFileSync(join(place, 'netdata.conf'), configuration(place, port));
  const child = spawn(PROGRAM, ['-D', '-c', join(place, 'netdata.conf'), '-u', 'root'], { stdio: 'ignore' });
  children.push(child);
  await answers(`http://127.0.0.1:${port}/api/v1/info`);
  const pid = child.pid ?? 0;
  // What it does once, it has done by then.
  await wait(NETDATA_S * 500);
  const before = treeTicks(pid);
  await wait(NETDATA_S * 1000);
  const cpu_ms = (treeTicks(pid) - before) * TICK_MS;
  const pss = treeOf(pid).reduce((sum, each) => sum + pssMib(each), 0);
  return { cpu_ms, cells: [[`netdata, in ${NETDATA_S} s`, cpu_ms.toFixed(1), pss.toFixed(0)]] };
}

function configuration(place: string, port: number): string {
  const folders = FOLDERS.map((name) => `  ${name} = ${join(place, name)}`);
  const quiet = ['access', 'error', 'debug'].map((name) => `  ${name} = none`);
  return ['[directories]', ...folders, '[db]', '  mode = ram', '[logs]', ...quiet, '[web]', `  bind to = 127.0.0.1:${port}`, ''].join('\n');
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (tries > 200) throw error;
      await wait(50);
    }
  }
}

function treeTicks(pid: number): number {
  return treeOf(pid).reduce((sum, each) => sum + ticks(each), 0);
}

/** The process and all that it started and that still run. */
function treeOf(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const parent = parentOf(Number(name));
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // It has ended.
    }
  }
  const within = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(within)];
  return within(root);
}
