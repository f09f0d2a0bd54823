import { parseArgs } from 'node:util';

const BENCHES: Record<string, () => Promise<(rounds: number) => string | Promise<string>>> = {
  agent: async () => (await import('./agent.ts')).benchAgent,
  containers: async () => (await import('./containers.ts')).benchContainers,
  host: async () => (await import('./host.ts')).benchHost,
  fleet: async () => (await import('./fleet.ts')).benchFleet,
  resident: async () => (await import('./resident.ts')).benchResident,
  watch: async () => (await import('./watch.ts')).benchWatch,
  live: async () => (await import('./live.ts')).benchLive,
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { rounds: { type: 'string', default: '11' } } });
const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
for (const name of names) {
  const bench = BENCHES[name];
  if (bench === undefined) {
    process.stderr.write(`There is no bench ${name}; there are ${Object.keys(BENCHES).join(' and ')}.\n`);
    process.exitCode = 2;
    break;
  }
  process.stdout.write(`\n# ${name}\n${await (await bench())(Number(values.rounds))}\n`);
}
