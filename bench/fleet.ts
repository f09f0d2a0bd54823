import { aligned } from '../scripts/aligned.ts';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { putFramedWard } from '../test/fleet/framed-ward.ts';
import { SSHD } from '../test/fleet/sshd.ts';
import { closeKept, type LoopbackFleet, type LoopbackHost, loopbackFleet, sshVersion, xargsSsh } from './loopback-fleet.ts';
import { type Contender, type Cost, type Goal, goalTable, machine, race } from './measure.ts';

const KEX = [null, 'curve25519-sha256'] as const;
const SIZES = [50, 200];

/** Ward's whole round, its own start included, against `xargs -P 64 ssh`: cold with the same key exchange, warm over connections kept open. */
export async function benchFleet(rounds: number): Promise<string> {
  if (SSHD === null) return 'left out: no sshd on this machine';
  const fleet = await loopbackFleet(Math.max(...SIZES), {}, putFramedWard);
  try {
    const parts = [machine(), sshVersion()];
    for (const size of SIZES) for (const kex of KEX) parts.push(measured(fleet, size, kex, rounds));
    return parts.join('\n');
  } finally {
    await fleet.stop();
  }
}

function measured({ folder, targets }: LoopbackFleet, size: number, kex: string | null, rounds: number): string {
  const chosen = targets.slice(0, size);
  const name = kex ?? 'default';
  const place = join(folder, `${size}-${name}`);
  mkdirSync(place);
  const cold = race(contenders(place, chosen, kex, 'cold'), rounds);
  const warm = race(contenders(place, chosen, kex, 'warm'), rounds);
  closeKept(place);
  const goals: Goal[] = [
    {
      id: 'cold',
      what: `${size} hosts, key exchange ${name}, against xargs -P 64 ssh`,
      ratio: ratio(cold, 'ward', 'xargs'),
      must: 1.1,
      moonshot: null,
    },
    {
      id: 'warm',
      what: `${size} hosts, connections kept, against xargs with ControlMaster`,
      ratio: ratio(warm, 'ward', 'xargs'),
      must: 1.2,
      moonshot: 0.5,
    },
  ];
  const rows = [
    ['', 'WALL ms', 'CPU ms'],
    ...[...cold, ...warm].map(([each, cost]) => [each, cost.wall_ms.toFixed(0), cost.cpu_ms.toFixed(0)]),
  ];
  return `\n${aligned(rows)}\n${goalTable(goals)}`;
}

function ratio(costs: ReadonlyMap<string, Cost>, ours: string, theirs: string): number {
  const of = (begin: string) => [...costs].find(([name]) => name.startsWith(begin))?.[1].wall_ms ?? Number.NaN;
  return of(ours) / of(theirs);
}

/** Both do the same for the same hosts: log in with a key, start the agent there, take 20 KB. */
function contenders(place: string, targets: readonly LoopbackHost[], kex: string | null, kind: 'cold' | 'warm'): Contender[] {
  const config = join(place, `${kind}.yaml`);
  writeFileSync(config, inventory(targets, kex, kind === 'warm' ? 600 : 0), { mode: 0o600 });
  const ward = new URL('../bin/ward.cjs', import.meta.url).pathname;
  const command = `${targets[0]?.sshd.bin ?? ''}/ward node report --json --frame 0123456789abcdef0123456789abcdef`;
  return [
    {
      name: `ward, ${kind}`,
      words: [process.execPath, ward, 'monitor', 'cluster', '--config', config, '--json'],
      env: { XDG_RUNTIME_DIR: place, XDG_STATE_HOME: place },
    },
    xargsSsh(place, `xargs -P 64 ssh, ${kind}`, targets, { kex, kept: kind === 'warm' ? place : null, command }),
  ];
}

function inventory(targets: readonly LoopbackHost[], kex: string | null, keep_s: number): string {
  const nodes = targets.map(
    ({ address, sshd }) => `      ${address}: {port: ${sshd.port}, identity_file: ${sshd.identity}, known_hosts: ${sshd.knownHosts}}`,
  );
  return [
    'environments:',
    '  bench:',
    '    nodes:',
    ...nodes,
    `ssh: {keep_s: ${keep_s}, at_once: 64, connect_timeout_s: 30${kex === null ? '' : `, kex: ${kex}`}}`,
    '',
  ].join('\n');
}
