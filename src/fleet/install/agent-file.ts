import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sizeInWords } from '../../core/units.ts';
import type { HostFacts } from './host.ts';
import { PLACES } from './places.ts';

/** The agent in the form that fits a node, as it is sent. */
export interface AgentFile {
  kind: 'bundle' | 'executable';
  /** Where it comes to lie. */
  place: string;
  sha256: string;
  bytes: number;
  /** What goes over the connection, and the program that unpacks it; null where it goes as it is. */
  sent: Buffer;
  unpack: 'zstd' | 'gzip' | null;
  says: string;
}

/** What `npm run build:agent` leaves beside the executables. */
interface BuiltAgents {
  version: string;
  /** Of the agent.cjs that is in them. */
  bundle_sha256: string;
  agents: readonly { machine: string; file: string; sha256: string; bytes: number }[];
}

const PACKED = [
  ['zstd', 'zst'],
  ['gzip', 'gz'],
] as const;

/** Chooses for this node what lies in the folder of the built ward; a text says why nothing there fits. */
export function agentFor(host: HostFacts, folder: string): AgentFile | string {
  return host.node === null ? executableFor(host, folder) : bundleIn(folder);
}

function bundleIn(folder: string): AgentFile | string {
  const path = join(folder, 'agent.cjs');
  if (!existsSync(path)) return `${path} is not there; make it with: npm run build`;
  const sent = readFileSync(path);
  const sha256 = createHash('sha256').update(sent).digest('hex');
  return {
    kind: 'bundle',
    place: PLACES.bundle,
    sha256,
    bytes: sent.length,
    sent,
    unpack: null,
    says: `agent.cjs (${sizeInWords(sent.length)})`,
  };
}

function builtIn(folder: string): BuiltAgents | string {
  const index = join(folder, 'agents', 'agents.json');
  if (!existsSync(index)) return 'the agent that needs none is not built';
  const built = JSON.parse(readFileSync(index, 'utf8')) as BuiltAgents;
  const bundle = bundleIn(folder);
  if (typeof bundle === 'string') return bundle;
  return built.bundle_sha256 === bundle.sha256 ? built : `the agent that needs none is built of another agent.cjs (${built.version})`;
}

function executableFor({ machine, libc, tools }: HostFacts, folder: string): AgentFile | string {
  const without = 'it has no Node.js from 20 on in /usr/bin or /usr/local/bin';
  if (libc === 'musl') return `${without}, and its C library is musl, which the agent's executable does not run on; install Node.js there`;
  const built = builtIn(folder);
  if (typeof built === 'string') return `${without}, and ${built}; make it with: npm run build:agent`;
  const agent = built.agents.find((each) => each.machine === machine);
  if (agent === undefined)
    return `${without}, and there is no executable for its processor (${machine}); there are ${built.agents.map((each) => each.machine).join(' and ')}`;
  const [unpack, ending] = PACKED.find(([tool, end]) => tools.has(tool) && existsSync(join(folder, 'agents', `${agent.file}.${end}`))) ?? [
    null,
    '',
  ];
  if (unpack === null) return `${without}, and nothing that unpacks the executable: neither zstd nor gzip`;
  const sent = readFileSync(join(folder, 'agents', `${agent.file}.${ending}`));
  const says = `agent for ${machine} without Node.js (${sizeInWords(sent.length)}, unpacked ${sizeInWords(agent.bytes)})`;
  return { kind: 'executable', place: PLACES.executable, sha256: agent.sha256, bytes: agent.bytes, sent, unpack, says };
}
