import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { allGroupsOf, processesOf } from '../control-group.ts';
import { HOSTS, STATE } from '../places.ts';
import { linkExists } from '../network.ts';
import { LabError } from '../run.ts';
import type { LabState } from '../state.ts';

/** Looks whether anything is left of a lab that was taken down. */
export function checkNothingLeft({ bridge, hosts }: LabState): void {
  const mounts = readFileSync('/proc/self/mounts', 'utf8');
  const left = [
    ...[bridge, ...hosts.map(({ machine }) => `vb-${machine}`)].filter(linkExists).map((name) => `interface ${name}`),
    ...hosts.flatMap(({ machine }) => [
      ...processesOf(machine).map((pid) => `process ${pid}`),
      ...allGroupsOf(machine),
      ...(mounts.includes(`${HOSTS}/${machine}/`) ? [`a mount under ${HOSTS}/${machine}`] : []),
      ...filesWith(HOSTS, machine),
      ...filesWith('/run/systemd/nspawn/propagate', machine),
    ]),
    ...(existsSync(STATE) ? [STATE] : []),
  ];
  if (left.length > 0) throw new LabError(`left over: ${left.join(', ')}`);
}

function filesWith(folder: string, machine: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.startsWith(machine))
        .map((name) => `${folder}/${name}`)
    : [];
}
