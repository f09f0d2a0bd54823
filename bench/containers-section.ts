// One section of containers from the engine at this socket, in a process that has done nothing else: milliseconds of CPU, and what was asked.
import { collectAll } from '../src/core/collect.ts';
import type { Host } from '../src/core/host.ts';
import { PROFILES } from '../src/core/profile.ts';
import { localHost } from '../src/hosts/local.ts';
import { collect } from '../src/subsystems/containers/collect.ts';
import type { Containers } from '../src/subsystems/containers/section.ts';

const [, , socket = ''] = process.argv;
const local = localHost(10_000);
const asked: string[] = [];
const host: Host = {
  ask(kind, question) {
    if (kind === 'http') asked.push((question as { path: string }).path);
    return local.ask(kind, question);
  },
};
const profile = { ...PROFILES.default, containers: { sockets: [socket] } };
const { sample } = await collectAll({ containers: collect }, host, profile, null);
const before = process.cpuUsage();
asked.length = 0;
const { sections } = await collectAll({ containers: collect }, host, profile, sample);
const { user, system } = process.cpuUsage(before);
const { containers } = sections['containers'] as Containers;
process.stdout.write(JSON.stringify({ cpu_ms: (user + system) / 1000, containers: containers?.length, asked }));
