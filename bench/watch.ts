import { aligned } from '../scripts/aligned.ts';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { many } from '../src/core/units.ts';
import { gather } from '../src/fleet/gather.ts';
import { keptChannels } from '../src/fleet/kept-channels.ts';
import { slowLink } from '../test/contracts/ssh/slow-link.ts';
import { inventoryOf } from '../test/fleet/ask.ts';
import { standIn, wholeAnswer } from '../test/fleet/follower-ward.ts';
import { payload } from '../test/fleet/framed-ward.ts';
import { nodeOf, SSHD } from '../test/fleet/sshd.ts';
import { closeKept, type LoopbackHost, loopbackFleet, sshVersion, xargsSsh } from './loopback-fleet.ts';
import { type Cost, type Goal, goalTable, machine, median, race } from './measure.ts';

const SIZE = 200;
const AFAR = 10;
const RTT_MS = 50;
const KEX = 'curve25519-sha256';
const COMMAND = 'report --frame 0123456789abcdef0123456789abcdef';

/** Goals F5 to F7 and F9: one more round of a process that watches, over channels that are kept, against `xargs -P 64 ssh` over kept connections. */
export async function benchWatch(rounds: number): Promise<string> {
  if (SSHD === null) return 'left out: no sshd on this machine';
  const agent = countingAgent(rounds);
  const fleet = await loopbackFleet(SIZE, { keyOptions: agent.keyOptions }, () => undefined);
  const before = process.env['XDG_RUNTIME_DIR'];
  process.env['XDG_RUNTIME_DIR'] = fleet.folder;
  try {
    const near = await measured(join(fleet.folder, 'near'), fleet.targets, agent, rounds);
    const afar = await fromAfar(fleet.folder, fleet.targets.slice(0, AFAR), agent, rounds);
    return [machine(), sshVersion(), near, afar].join('\n\n');
  } finally {
    for (const place of ['near', 'afar', 'wardround']) closeKept(join(fleet.folder, place));
    if (before === undefined) delete process.env['XDG_RUNTIME_DIR'];
    else process.env['XDG_RUNTIME_DIR'] = before;
    await fleet.stop();
    agent.remove();
  }
}

/** Stands for the agents: a file says whether it gives all of its 20 KB each time, or a difference of 0.3 KB. */
function countingAgent(rounds: number) {
  const agent = standIn();
  const report = payload();
  const digest = createHash('sha256').update(report).digest('hex');
  const changes = Array.from({ length: 8 }, () => [['hostname'], 'h']);
  const asks = Array.from({ length: (rounds + 3) * 4 }, (_, at) => at + 2);
  agent.says({ report, whole: wholeAnswer(report) });
  for (const seq of asks) agent.says({ [`next${seq}`]: JSON.stringify({ seq, digest, base: digest, changes }) });
  const only = join(agent.folder, 'whole-only');
  // Like an agent it starts no program for an answer, and sends it in one piece.
  agent.before(
    [
      `all=$(cat ${agent.folder}/whole); IFS= read -r all_head < ${agent.folder}/whole.head; n=1`,
      `tell() { printf "\\nWARDROUND %s %s\\n%s\\nWARDROUND %s end\\n" "$1" "$2" "$3" "$1"; }`,
      'while read -r word nonce base; do n=$((n+1))',
      `if [ "$base" = - ] || [ -e ${only} ]; then tell "$nonce" "$all_head" "$all"; continue; fi`,
      `IFS= read -r head < ${agent.folder}/next$n.head; IFS= read -r text < ${agent.folder}/next$n; tell "$nonce" "$head" "$text"`,
      'done; exit',
      '',
    ].join('\n'),
  );
  const gives = (what: 'whole' | 'difference') => (what === 'whole' ? writeFileSync(only, '') : rmSync(only, { force: true }));
  return { ...agent, gives };
}

type Agent = ReturnType<typeof countingAgent>;

/** What `rounds` of each cost, in turn. */
async function costs(place: string, targets: readonly LoopbackHost[], agent: Agent, rounds: number): Promise<Map<string, Cost>> {
  mkdirSync(place);
  const xargs = xargsSsh(place, 'xargs', targets, { kex: KEX, kept: place, command: COMMAND });
  const watching = watcher(targets);
  const runs = new Map<string, Cost[]>(['whole', 'difference', 'xargs'].map((name) => [name, []]));
  try {
    // The first leaves connections, the second opens channels.
    await watching.round();
    await watching.round();
    for (let round = 0; round < rounds; round += 1) {
      for (const what of ['whole', 'difference'] as const) {
        agent.gives(what);
        runs.get(what)?.push(await watching.round());
      }
      runs.get('xargs')?.push(race([xargs], 1).get('xargs') as Cost);
    }
  } finally {
    watching.end();
  }
  const middle = (all: readonly Cost[], key: keyof Cost) => median(all.map((cost) => cost[key]));
  return new Map([...runs].map(([name, all]) => [name, { wall_ms: middle(all, 'wall_ms'), cpu_ms: middle(all, 'cpu_ms') }]));
}

/** A process that watches: this one. */
function watcher(targets: readonly LoopbackHost[]) {
  const channels = keptChannels();
  const nodes = targets.map(({ address, sshd }) => nodeOf(sshd, { name: address, host: address }));
  const inventory = inventoryOf(nodes, { keep_s: 600, kex: KEX, connect_timeout_s: 30 });
  return {
    async round(): Promise<Cost> {
      const [begun_ms, used] = [performance.now(), process.cpuUsage()];
      const { nodes: answers } = await gather(inventory, nodes, { timeout_ms: 120_000, ask: channels.ask });
      const { user, system } = process.cpuUsage(used);
      const failed = answers.find(({ failure }) => failure !== null);
      if (failed !== undefined) throw new Error(`${failed.name}: ${failed.failure?.message}`);
      return { wall_ms: performance.now() - begun_ms, cpu_ms: (user + system) / 1000 };
    },
    end: () => channels.close(),
  };
}

async function measured(place: string, targets: readonly LoopbackHost[], agent: Agent, rounds: number): Promise<string> {
  const found = await costs(place, targets, agent, rounds);
  const ratio = (what: string, key: keyof Cost) => (found.get(what)?.[key] ?? NaN) / (found.get('xargs')?.[key] ?? NaN);
  const goals: Goal[] = [
    { id: 'F5', what: 'wall, whole reports', ratio: ratio('whole', 'wall_ms'), must: 0.35, moonshot: 0.12 },
    { id: 'F5', what: 'wall, differences', ratio: ratio('difference', 'wall_ms'), must: 0.35, moonshot: 0.12 },
    { id: 'F6', what: 'CPU of the asker, whole reports', ratio: ratio('whole', 'cpu_ms'), must: 0.1, moonshot: 0.035 },
    { id: 'F6', what: 'CPU of the asker, differences', ratio: ratio('difference', 'cpu_ms'), must: 0.1, moonshot: 0.014 },
    { id: 'F9', what: 'memory a host, over an OpenSSH master', ratio: memory(), must: 0.6, moonshot: 0.2 },
  ];
  return `${costTable(`${SIZE} hosts, one more round`, found)}\n${goalTable(goals)}`;
}

/**
 * The same hosts at a distance, where each piece takes half of the round trip more, and in turn behind the same links without any: what differs is what
 * the network costs, and neither the nodes' own work nor the links'.
 */
async function fromAfar(folder: string, targets: readonly LoopbackHost[], agent: Agent, rounds: number): Promise<string> {
  const links = await Promise.all([linked(targets, RTT_MS / 2), linked(targets, 0)]);
  for (const { sshd } of targets) writeFileSync(sshd.knownHosts, `* ${readFileSync(`${sshd.hostKey}.pub`, 'utf8')}`);
  mkdirSync(join(folder, 'afar'));
  try {
    const walls: { size: number; afar_ms: number; near_ms: number }[] = [];
    for (const size of [1, AFAR]) {
      const [afar_ms = NaN, near_ms = NaN] = await wallsOf(
        links.map(({ places }) => watcher(places.slice(0, size))),
        agent,
        rounds,
      );
      walls.push({ size, afar_ms, near_ms });
    }
    const goals = walls.map(({ size, afar_ms, near_ms }): Goal => {
      const what = `${many(size, 'host')}: what a round trip of ${RTT_MS} ms adds to a round, over the round trip`;
      return { id: 'F7', what, ratio: (afar_ms - near_ms) / RTT_MS, must: 1.5, moonshot: 1.1 };
    });
    const rows = walls.map(({ size, afar_ms, near_ms }) => [many(size, 'host'), afar_ms.toFixed(0), near_ms.toFixed(0)]);
    return `${aligned([['A ROUND', `ms AT ${RTT_MS} ms`, 'ms AT 0 ms'], ...rows])}\n${goalTable(goals)}`;
  } finally {
    await Promise.all(links.map(({ close }) => close()));
  }
}

async function linked(targets: readonly LoopbackHost[], delay_ms: number) {
  const links = await Promise.all(
    targets.map(({ sshd, address }) => slowLink(sshd.port, { delay_ms, bytes_per_s: null, stops_after: null }, address)),
  );
  const places = targets.map(({ sshd }, at) => ({ address: '127.0.0.1', sshd: { ...sshd, port: links[at]?.port ?? 0 } }));
  return { places, close: () => Promise.all(links.map((link) => link.close())) };
}

/** The median of what a round of each takes, in turn. */
async function wallsOf(watching: readonly ReturnType<typeof watcher>[], agent: Agent, rounds: number): Promise<number[]> {
  const runs = watching.map((): number[] => []);
  try {
    for (let round = 0; round < rounds + 2; round += 1) {
      agent.gives(round % 2 === 0 ? 'whole' : 'difference');
      for (const [at, each] of watching.entries()) {
        const { wall_ms } = await each.round();
        // The first leaves connections, the second opens channels.
        if (round > 1) runs[at]?.push(wall_ms);
        await wait(RTT_MS);
      }
    }
  } finally {
    for (const each of watching) each.end();
  }
  return runs.map(median);
}

/** PSS of all kept masters and of what this process grew by its channels would be too coarse: that of a master is the floor of what a kept host costs. */
function memory(): number {
  const masters = execFileSync('pgrep', ['-f', '^ssh: .*/wardround/'], { encoding: 'utf8' }).trim().split('\n');
  const own = pssKib('self') / SIZE;
  const master = median(masters.map(pssKib));
  return (master + own) / master;
}

function pssKib(pid: string): number {
  return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]);
}

function costTable(title: string, found: ReadonlyMap<string, Cost>): string {
  return aligned([
    [title, 'WALL ms', 'CPU ms'],
    ...[...found].map(([name, { wall_ms, cpu_ms }]) => [name, wall_ms.toFixed(0), cpu_ms.toFixed(0)]),
  ]);
}
