import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootHost, prepareHost, rootOf } from '../hosts.ts';
import { isRunning } from '../inside.ts';
import { hostKey, loginKey } from '../keys.ts';
import { claim, removeHost } from '../leftovers.ts';
import { PROJECT, stateFile } from '../places.ts';
import { layersFor } from '../programs/layers.ts';
import { awaitBoot } from '../ready.ts';
import { LabError, ran, until } from '../run.ts';
import { type LabHost, theLab } from '../state.ts';
import { filesOf } from './files-of.ts';
import { ward } from './ward.ts';

/** Whether the agent that needs no Node.js was built, and of the agent.cjs that is there. */
export function hasExecutables(): boolean {
  const [bundle, index] = ['dist/agent.cjs', 'dist/agents/agents.json'].map((path) => join(PROJECT, path)) as [string, string];
  if (!existsSync(bundle) || !existsSync(index)) return false;
  const { bundle_sha256 } = JSON.parse(readFileSync(index, 'utf8')) as { bundle_sha256: string };
  return createHash('sha256').update(readFileSync(bundle)).digest('hex') === bundle_sha256;
}

/** Puts the agent on a fresh host, holds it to answer, and takes it away; what lies on the host's disk must then be what lay there before. */
export async function checkInstall(node: 'with Node.js' | 'without Node.js'): Promise<void> {
  const host = await freshHost();
  try {
    if (node === 'without Node.js') rmSync(join(rootOf(host), 'usr/local/bin/node'));
    const before = filesOf(host);
    const [root, asks] = ['root', 'wardround'].map((user) => inventoryFor(host, user)) as [string, string];
    mustEnd(0, ['node', 'install', host.name, '--key', `${loginKey()}.pub`, '--config', root]);
    mustEnd(0, ['node', 'doctor', host.name, '--config', root]);
    mustEnd(0, ['monitor', 'node', '--config', asks]);
    mustEnd(0, ['node', 'upgrade', host.name, '--config', root]);
    mustEnd(0, ['node', 'uninstall', host.name, '--yes', '--config', root]);
    mustEnd(5, ['monitor', 'node', '--config', asks]);
    const after = filesOf(host);
    const differ = [...after.filter((line) => !before.includes(line)), ...before.filter((line) => !after.includes(line))];
    if (differ.length > 0) throw new LabError(`left or taken beyond what was installed: ${differ.slice(0, 5).join('; ')}`);
  } finally {
    await removeHost(host);
  }
}

async function freshHost(): Promise<LabHost> {
  const lab = theLab();
  const host: LabHost = { name: 'new', machine: `${lab.bridge}new`, address: `${lab.range}.200`, mesh_address: '10.0.0.200', role: 'node' };
  claim(host.machine);
  prepareHost(host, layersFor('plain'), { ...lab, kind: 'plain', hosts: [...lab.hosts, host] });
  await bootHost(host, lab);
  const known = stateFile('known_hosts-new');
  writeFileSync(known, `${host.address} ${hostKey(host.name).shown}\n`);
  const login = [
    'ssh',
    '-n',
    '-o',
    'BatchMode=yes',
    '-o',
    `UserKnownHostsFile=${known}`,
    '-i',
    loginKey(),
    `root@${host.address}`,
    'true',
  ] as const;
  await until('ssh lets us in to the new host', 60, () => isRunning(host) && ran(login).exit === 0);
  // What it still writes as it starts would be taken for something that an install left.
  await awaitBoot(host);
  return host;
}

function inventoryFor({ name, address }: LabHost, user: string): string {
  const path = stateFile(`new-${user}.yaml`);
  const node = `{address: ${address}, user: ${user}, identity_file: ${loginKey()}, known_hosts: ${stateFile('known_hosts-new')}}`;
  writeFileSync(path, `environments: {lab: {nodes: {${name}: ${node}}}}\nssh: {keep_s: 0}\n`);
  return path;
}

function mustEnd(exit: number, words: readonly string[]): void {
  const found = ward(words);
  if (found.exit !== exit)
    throw new LabError(
      `ward ${words.slice(0, 3).join(' ')} ended with ${found.exit}, not ${exit}: ${(found.stderr || found.stdout).trim().slice(-200)}`,
    );
}
