import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { putFramedWard } from '../test/fleet/framed-ward.ts';
import { SSHD, type Sshd, startSshd } from '../test/fleet/sshd.ts';
import { type Contender, type Cost, type Goal, goalTable, machine, race, table } from './measure.ts';

/** One sshd takes no more addresses than this. */
const PER_SSHD = 16;
const KEX = [null, 'curve25519-sha256'] as const;
const SIZES = [50, 200];

/** A fleet on loopback, and what asks it. */
interface Fleet {
  folder: string;
  sshds: Sshd[];
  targets: { address: string; sshd: Sshd }[];
}

/** Ward's whole round, its own start included, against `xargs -P 64 ssh`: cold with the same key exchange, warm over connections kept open. */
export async function benchFleet(rounds: number): Promise<string> {
  if (SSHD === null) return 'left out: no sshd on this machine';
  const fleet = await started(Math.max(...SIZES));
  try {
    const parts = [machine(), execFileSync('ssh', ['-V'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }) || sshVersion()];
    for (const size of SIZES) for (const kex of KEX) parts.push(measured(fleet, size, kex, rounds));
    return parts.join('\n');
  } finally {
    await Promise.all(fleet.sshds.map((sshd) => sshd.stop()));
    rmSync(fleet.folder, { recursive: true, force: true });
  }
}

function sshVersion(): string {
  return execFileSync('/bin/sh', ['-c', 'ssh -V 2>&1'], { encoding: 'utf8' }).trim();
}

async function started(size: number): Promise<Fleet> {
  const fleet: Fleet = { folder: mkdtempSync('/tmp/ward-bench-'), sshds: [], targets: [] };
  for (let first = 1; first <= size; first += PER_SSHD) {
    const addresses = Array.from({ length: Math.min(PER_SSHD, size - first + 1) }, (_, at) => `127.0.1.${first + at}`);
    const sshd = await startSshd({ addresses });
    putFramedWard(sshd);
    fleet.sshds.push(sshd);
    fleet.targets.push(...addresses.map((address) => ({ address, sshd })));
  }
  return fleet;
}

function measured({ folder, targets }: Fleet, size: number, kex: string | null, rounds: number): string {
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
  return `\n${table(rows)}\n${goalTable(goals)}`;
}

function ratio(costs: ReadonlyMap<string, Cost>, ours: string, theirs: string): number {
  const of = (begin: string) => [...costs].find(([name]) => name.startsWith(begin))?.[1].wall_ms ?? Number.NaN;
  return of(ours) / of(theirs);
}

/** Both do the same for the same hosts: log in with a key, start the agent there, take 20 KB. */
function contenders(place: string, targets: Fleet['targets'], kex: string | null, kind: 'cold' | 'warm'): Contender[] {
  const config = join(place, `${kind}.yaml`);
  const sshConfig = join(place, `${kind}.ssh_config`);
  const list = join(place, 'hosts');
  const [any] = targets;
  const own = targets.flatMap(({ address, sshd }) => [
    `Host ${address}`,
    `  Port ${sshd.port}`,
    `  IdentityFile ${sshd.identity}`,
    `  UserKnownHostsFile ${sshd.knownHosts}`,
  ]);
  const common = [
    'Host *',
    '  BatchMode yes',
    '  IdentitiesOnly yes',
    ...(kex === null ? [] : [`  KexAlgorithms ${kex}`]),
    ...(kind === 'warm' ? ['  ControlMaster auto', `  ControlPath ${place}/%C`, '  ControlPersist 600'] : []),
  ];
  writeFileSync(sshConfig, `${[...own, ...common].join('\n')}\n`);
  writeFileSync(list, `${targets.map(({ address }) => address).join('\n')}\n`);
  writeFileSync(config, inventory(targets, kex, kind === 'warm' ? 600 : 0), { mode: 0o600 });
  const ward = new URL('../bin/ward.cjs', import.meta.url).pathname;
  return [
    {
      name: `ward, ${kind}`,
      words: [process.execPath, ward, 'monitor', 'cluster', '--config', config, '--json'],
      env: { XDG_RUNTIME_DIR: place, XDG_STATE_HOME: place },
    },
    {
      name: `xargs -P 64 ssh, ${kind}`,
      words: [
        'xargs',
        '-a',
        list,
        '-P',
        '64',
        '-I',
        '{}',
        'ssh',
        '-F',
        sshConfig,
        '-n',
        '-T',
        '{}',
        `${any?.sshd.bin ?? ''}/ward node report --json --frame 0123456789abcdef0123456789abcdef`,
      ],
    },
  ];
}

function inventory(targets: Fleet['targets'], kex: string | null, keep_s: number): string {
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

/** ssh names its kept processes after their sockets, which lie here. */
function closeKept(place: string): void {
  try {
    execFileSync('pkill', ['-f', `^ssh: ${place}/`]);
  } catch {
    // None was kept.
  }
}
