// Writes demo/fleet: five nodes over twelve rounds of one night, in the form that `ward monitor --replay` reads. The sections are those that
// the cases of the subsystems have on record; what is told here is only what changes from round to round.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUBSYSTEMS } from '../src/subsystems/all.gen.ts';
import type { Section } from './section.ts';
import { nodeAt, STORY } from './story.ts';

const OUT = 'demo/fleet';
/** 2026-11-17T02:57:37Z. */
const BEGIN_MS = Date.UTC(2026, 10, 17, 2, 57, 37);
const STEP_MS = 90_000;
const ROUNDS = 12;

rmSync(OUT, { recursive: true, force: true });
for (let round = 0; round < ROUNDS; round += 1) {
  const folder = join(OUT, String(round + 1).padStart(3, '0'));
  mkdirSync(folder, { recursive: true });
  for (const name of Object.keys(STORY)) writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(fileOf(name, round))}\n`);
}
const nodes = Object.fromEntries(Object.entries(STORY).map(([name, { host, role }]) => [name, { host, role }]));
writeFileSync(join(OUT, 'fleet.json'), `${JSON.stringify({ environment: 'testnet', nodes }, null, 1)}\n`);

function fileOf(name: string, round: number): object {
  const at_ms = BEGIN_MS + round * STEP_MS;
  const told = nodeAt(name, round, at_ms, recorded);
  if ('failure' in told) return told;
  const { sections, unknown } = told;
  const states = Object.fromEntries(SUBSYSTEMS.map((subsystem) => [subsystem.name, subsystem.name in sections ? 'ok' : 'absent']));
  return {
    schema_version: 1,
    timestamp: new Date(at_ms).toISOString(),
    hostname: name,
    public_ip: STORY[name]?.host ?? null,
    wireguard_ip: STORY[name]?.mesh ?? null,
    machine_id: null,
    version: '0.1.0',
    profile: STORY[name]?.role === 'nameserver' ? 'orama' : 'default',
    expected: [],
    collect_ms: 526,
    errors: [],
    states,
    unknown,
    ...Object.fromEntries(SUBSYSTEMS.map((subsystem) => [subsystem.name, sections[subsystem.name] ?? null])),
  };
}

/** A section as a case has it, with what it says of the values that it does not have. */
function recorded(subsystem: string, kind: string, node: string): { section: Section; unknown: object[] } {
  const folder = join('src/subsystems', subsystem, 'cases', kind);
  const lines = readFileSync(join(folder, 'expected.txt'), 'utf8').split('\n');
  const unknown = lines.flatMap((line) => {
    const [, path, why, reason] = new RegExp(`^unknown ${node} (\\S+): (\\w+), (.*)$`).exec(line) ?? [];
    return path === undefined ? [] : [{ path, kind: why, reason }];
  });
  return { section: JSON.parse(readFileSync(join(folder, `${node}.json`), 'utf8')) as Section, unknown };
}
