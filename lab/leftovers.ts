import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cutHost, dropHost } from './hosts.ts';
import { HOSTS, STATE } from './places.ts';
import { say } from './run.ts';
import type { LabHost } from './state.ts';

const ownerFile = (machine: string) => join(HOSTS, `${machine}.owner`);

/** Writes down that this checkout's lab has the host, before any of it is made. */
export function claim(machine: string): void {
  mkdirSync(HOSTS, { recursive: true });
  writeFileSync(ownerFile(machine), STATE);
}

/** Ends the host and takes all of it from the machine. */
export async function removeHost(host: LabHost): Promise<void> {
  await cutHost(host);
  dropHost(host);
  rmSync(ownerFile(host.machine), { force: true });
}

/** Ends and removes hosts of this checkout that its state does not know any more, and those whose checkout is gone. */
export async function clearLeftovers(): Promise<void> {
  if (!existsSync(HOSTS)) return;
  const machines = readdirSync(HOSTS).flatMap((name) => (name.endsWith('.owner') ? [name.slice(0, -'.owner'.length)] : []));
  for (const machine of machines) {
    const owner = readFileSync(ownerFile(machine), 'utf8');
    if (owner !== STATE && existsSync(owner)) continue;
    say(`removing ${machine}, left by an earlier run`);
    await removeHost({ name: machine, machine, address: '', mesh_address: '', role: 'node' });
  }
}
