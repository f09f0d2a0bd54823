import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Sshd, type SshdOptions, startSshd } from '../test/fleet/sshd.ts';
import type { Contender } from './measure.ts';

/** One sshd takes no more addresses than this. */
const PER_SSHD = 16;

/** Where one host of a fleet is asked. */
export interface LoopbackHost {
  address: string;
  sshd: Sshd;
}

/** A fleet on loopback, and a folder for what asks it. */
export interface LoopbackFleet {
  folder: string;
  targets: LoopbackHost[];
  stop(): Promise<void>;
}

/** Starts as many hosts; `prepare` puts on each sshd what they run. */
export async function loopbackFleet(size: number, options: SshdOptions, prepare: (sshd: Sshd) => void): Promise<LoopbackFleet> {
  const folder = mkdtempSync('/tmp/ward-bench-');
  const sshds: Sshd[] = [];
  const targets: LoopbackHost[] = [];
  for (let first = 1; first <= size; first += PER_SSHD) {
    const addresses = Array.from({ length: Math.min(PER_SSHD, size - first + 1) }, (_, at) => `127.0.1.${first + at}`);
    const sshd = await startSshd({ ...options, addresses });
    prepare(sshd);
    sshds.push(sshd);
    targets.push(...addresses.map((address) => ({ address, sshd })));
  }
  const stop = async () => {
    await Promise.all(sshds.map((sshd) => sshd.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, targets, stop };
}

/** How `xargs -P 64 ssh` goes to the hosts. */
export interface XargsOptions {
  /** Null takes OpenSSH's own. */
  kex: string | null;
  /** Where it keeps its connections open; null does not. */
  kept: string | null;
  /** What is asked of each host. */
  command: string;
}

/** What one would write by hand; its files lie in `place`. */
export function xargsSsh(place: string, name: string, targets: readonly LoopbackHost[], { kex, kept, command }: XargsOptions): Contender {
  const [list, config] = [join(place, 'hosts'), join(place, `${kept === null ? 'cold' : 'warm'}.ssh_config`)];
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
    ...(kept === null ? [] : ['  ControlMaster auto', `  ControlPath ${kept}/%C`, '  ControlPersist 600']),
  ];
  writeFileSync(config, `${[...own, ...common].join('\n')}\n`);
  writeFileSync(list, `${targets.map(({ address }) => address).join('\n')}\n`);
  return { name, words: ['xargs', '-a', list, '-P', '64', '-I', '{}', 'ssh', '-F', config, '-n', '-T', '{}', command] };
}

/** The version of the ssh that all of them use. */
export function sshVersion(): string {
  return execFileSync('/bin/sh', ['-c', 'ssh -V 2>&1'], { encoding: 'utf8' }).trim();
}

/** ssh names its kept processes after their sockets, which lie here. */
export function closeKept(place: string): void {
  try {
    execFileSync('pkill', ['-f', `^ssh: ${place}/`]);
  } catch {
    // None was kept.
  }
}
