import { aligned } from '../scripts/aligned.ts';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { frameUntilEnd } from '../src/agent/read-frame.ts';
import { programPath } from '../src/fleet/ssh/program.ts';
import { freePort } from '../test/fleet/sshd.ts';
import { type Goal, goalTable, machine, median } from './measure.ts';
import { NETDATA_S, netdata } from './netdata.ts';
import { pssMib, TICK_MS, ticks } from './process-cost.ts';

/** In each round so often, for the kernel counts processor time in hundredths of a second. */
const ASKS = 20;

/** Something that stays and is looked at again and again. */
interface Resident {
  name: string;
  pid: number;
  refresh(): Promise<void>;
}

/** Goals A6 to A8: an agent that follows against a scrape of node_exporter, and beside netdata, which counts all the time. */
export async function benchResident(rounds: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'ward-bench-'));
  try {
    const program = exporterProgram(folder);
    const here = await measured(folder, program, rounds);
    return tableSlots() > SMALL_TABLE ? `${here}\n\n${onSmallTable(program, rounds)}` : here;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Slots of the kernel's table of connections: it is made for the machine's memory, and whoever reads the connections goes through all of it. */
const SMALL_TABLE = 4096;

function tableSlots(): number {
  return Number(readFileSync('/proc/sys/net/ipv4/tcp_ehash_entries', 'utf8'));
}

/** The same in a network of its own with a table as on a small server: a network's table is as large as the one around it says. */
function onSmallTable(program: string | null, rounds: number): string {
  const inner = 'ip link set lo up && exec "$@"';
  const outer = `echo ${SMALL_TABLE} >/proc/sys/net/ipv4/tcp_child_ehash_entries && exec unshare --net -- /bin/sh -c '${inner}' sh "$@"`;
  const words = [process.execPath, process.argv[1] ?? '', 'resident', '--rounds', String(rounds)];
  const { status, stdout } = spawnSync('unshare', ['--net', '--', '/bin/sh', '-c', outer, 'sh', ...words], {
    env: { ...process.env, PATH: `${program === null ? '' : `${dirname(program)}:`}${process.env['PATH']}` },
    encoding: 'utf8',
  });
  return status === 0
    ? `With ${SMALL_TABLE} slots in place of ${tableSlots()}:\n${stdout}`
    : 'left out: a small table of connections takes root';
}

async function measured(folder: string, program: string | null, rounds: number): Promise<string> {
  const children: ChildProcess[] = [];
  try {
    const residents = [await follower(folder, children), ...(program === null ? [] : [await exporter(program, children)])];
    // What is made once is made, and what is compiled is compiled.
    for (const each of residents) await cpuOf(each, ASKS * 10);
    const runs = new Map(residents.map(({ name }) => [name, [] as number[]]));
    for (let round = 0; round < rounds; round += 1) for (const each of residents) runs.get(each.name)?.push(await cpuOf(each, ASKS));
    const rows = residents.map(({ name, pid }) => ({ name, cpu_ms: median(runs.get(name) ?? []), pss_mib: pssMib(pid) }));
    const beside = await netdata(folder, children);
    const cells = rows.map(({ name, cpu_ms, pss_mib }) => [name, cpu_ms.toFixed(1), pss_mib.toFixed(0)]);
    return [
      machine(),
      aligned([['ONE REFRESH', 'CPU ms', 'PSS MiB'], ...cells, ...beside.cells]),
      goalTable(goals(rows, beside.cpu_ms)),
    ].join('\n\n');
  } finally {
    for (const child of children) child.kill('SIGKILL');
  }
}

function goals([ours, theirs]: readonly { cpu_ms: number; pss_mib: number }[], netdata_ms: number | null): Goal[] {
  if (ours === undefined) return [];
  const a7 = { id: 'A7', what: `CPU of a refresh over netdata in ${NETDATA_S} s`, must: 0.05, moonshot: 0.02 };
  return [
    ...(netdata_ms === null ? [] : [{ ...a7, ratio: ours.cpu_ms / netdata_ms }]),
    ...(theirs === undefined ? [] : against(ours, theirs)),
  ];
}

function against(ours: { cpu_ms: number; pss_mib: number }, theirs: { cpu_ms: number; pss_mib: number }): Goal[] {
  return [
    { id: 'A6', what: 'CPU over a scrape of node_exporter', ratio: ours.cpu_ms / theirs.cpu_ms, must: 1, moonshot: 0.5 },
    { id: 'A8', what: 'PSS over node_exporter', ratio: ours.pss_mib / theirs.pss_mib, must: 3.5, moonshot: 1.8 },
  ];
}

async function follower(folder: string, children: ChildProcess[]): Promise<Resident> {
  const child = spawn(process.execPath, ['dist/agent.cjs', 'follow'], {
    env: { ...process.env, WARD_STATE_DIR: folder },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  let base = '-';
  const refresh = async () => {
    const nonce = randomBytes(16).toString('hex');
    const found = frameUntilEnd(nonce);
    child.stdin.write(`report ${nonce} ${base}\n`);
    for (;;) {
      const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
      const frame = found.add(chunk);
      if (frame === null) continue;
      if (frame.kind !== 'whole') throw new Error(`the agent sent a frame that is ${frame.kind}`);
      base = (JSON.parse(frame.payload) as { digest: string }).digest;
      return;
    }
  };
  return { name: 'agent.cjs follow', pid: child.pid ?? 0, refresh };
}

async function exporter(program: string, children: ChildProcess[]): Promise<Resident> {
  const port = await freePort();
  const child = spawn(program, [`--web.listen-address=127.0.0.1:${port}`, '--log.level=error'], { stdio: 'ignore' });
  children.push(child);
  const url = `http://127.0.0.1:${port}/metrics`;
  const refresh = async () => void (await (await fetch(url)).text());
  for (let tries = 0; ; tries += 1) {
    try {
      await refresh();
      break;
    } catch (error) {
      if (tries > 100) throw error;
      await wait(50);
    }
  }
  return { name: 'node_exporter, a scrape', pid: child.pid ?? 0, refresh };
}

/** The installed one, else Debian's package unpacked in the folder: nothing is installed. */
function exporterProgram(folder: string): string | null {
  const name = 'prometheus-node-exporter';
  const installed = programPath(name, process.env);
  if (installed !== null) return installed;
  spawnSync('apt-get', ['download', name], { cwd: folder, stdio: 'ignore', timeout: 60_000 });
  const [deb] = readdirSync(folder).filter((name) => name.endsWith('.deb'));
  if (deb === undefined) {
    process.stderr.write(`left out: node_exporter, for ${name} is neither installed nor to be had by apt-get\n`);
    return null;
  }
  spawnSync('dpkg-deb', ['-x', deb, 'node-exporter'], { cwd: folder, stdio: 'ignore' });
  const unpacked = join(folder, 'node-exporter/usr/bin', name);
  return existsSync(unpacked) ? unpacked : null;
}

/** Milliseconds of processor time for one refresh, with all that it starts. */
async function cpuOf({ pid, refresh }: Resident, times: number): Promise<number> {
  const before = ticks(pid);
  for (let at = 0; at < times; at += 1) await refresh();
  return ((ticks(pid) - before) * TICK_MS) / times;
}
