import type { LabHost } from '../state.ts';
import { anything, type Figure, number, says, word } from './figure.ts';
import { inJson } from './json-output.ts';

const END = '+PONG';

/** Puts the two questions to a member in the Redis protocol, and prints all that comes until the answer to a third. */
function questions(address: string, port: number): string {
  const read = `while read -r -t 3 line; do echo "$line"; case $line in ${END}*) break ;; esac; done <&3`;
  return `bash -c 'exec 3<>/dev/tcp/${address}/${port}; printf "STATS\\r\\nCLUSTER.MEMBERS\\r\\nPING\\r\\n" >&3; ${read}'`;
}

/** Olric, as it answers in the Redis protocol. */
export function cacheOf({ mesh_address: own }: LabHost): Figure[] {
  const command = questions(own, 3320);
  const stats = (path: string) => (output: string) => inJson(path)(output.split('\n')[1] ?? '');
  return [
    { path: 'olric.member', command, read: stats('member.name') },
    { path: 'olric.coordinator', command, read: stats('cluster_coordinator.name') },
    { path: 'olric.version', command, read: stats('release_version') },
    { path: 'olric.uptime_seconds', command, read: stats('uptime_seconds'), within: 20 },
    { path: 'olric.partitions', command, read: (output) => Object.keys(Object(stats('partitions')(output))).length },
    { path: 'olric.members', command, read: membersIn },
    { path: 'olric.member_count', command, read: (output) => membersIn(output).length },
    { path: 'olric.responsive', command, read: (output) => output.includes(END) },
    { path: 'olric.unit', command: 'systemctl show --value -p Id orama-olric', read: word },
    { path: 'olric.service_active', command: 'systemctl is-active orama-olric', read: says('active') },
    { path: 'olric.memberlist_up', command: 'ss -Hltn sport = :3322', read: anything },
    { path: 'olric.restart_count', command: 'systemctl show --value -p NRestarts orama-olric', read: number },
  ];
}

/** Each member is three values: its name, its birth, and whether it coordinates. */
function membersIn(output: string): string[] {
  const lines = output.split('\n').map((line) => line.trim());
  const names = lines.slice(2).filter((line, at, all) => /^[\d.]+:\d+$/.test(line) && all[at - 1] === `$${line.length}`);
  return names.sort();
}
