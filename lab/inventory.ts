import { writeFileSync } from 'node:fs';
import { hostKey, loginKey } from './keys.ts';
import { stateFile } from './places.ts';
import type { LabHost, LabState } from './state.ts';

/** Writes the inventory for ward, and an ssh_config and known_hosts for people and for ward. */
export function writeInventory({ hosts }: LabState): void {
  write(
    'known_hosts',
    hosts.map(({ name, address }) => `${address},${name} ${hostKey(name).shown}`),
  );
  write('ssh_config', hosts.flatMap(sshEntry));
  write('nodes.yaml', ['environments:', '  lab:', '    nodes:', ...hosts.flatMap(nodeEntry), ...RULES]);
}

function nodeEntry({ name, address, role }: LabHost): string[] {
  const facts = [
    `address: ${address}`,
    'user: root',
    `role: ${role}`,
    `identity_file: ${loginKey()}`,
    `known_hosts: ${stateFile('known_hosts')}`,
  ];
  return [`      ${name}:`, ...facts.map((fact) => `        ${fact}`)];
}

function sshEntry({ name, address }: LabHost): string[] {
  const facts = [
    ...[`HostName ${address}`, 'User root', `IdentityFile ${loginKey()}`, 'IdentitiesOnly yes'],
    ...[`UserKnownHostsFile ${stateFile('known_hosts')}`, 'GlobalKnownHostsFile /dev/null', 'StrictHostKeyChecking yes'],
  ];
  return [`Host ${name} ${address}`, ...facts.map((fact) => `  ${fact}`)];
}

/** The hosts share one kernel and one disk: what is the machine's, and not the host's, is no finding here. */
const RULES = [
  'rules:',
  ...['load', 'cpu', 'steal', 'memory', 'swap', 'oom', 'temperature'].map((name) => `  - {rule: system/${name}, off: true}`),
  ...['disk', 'inodes'].flatMap((name) => ['/', '/run/host/*'].map((mount) => `  - {rule: system/${name}, subject: ${mount}, off: true}`)),
];

function write(name: string, lines: readonly string[]): void {
  writeFileSync(stateFile(name), `${lines.join('\n')}\n`, { mode: 0o600 });
}
