import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, Refusal } from '../core/refusal.ts';
import type { Failure, NodeSnapshot, Snapshot } from '../core/snapshot.ts';
import { plainNode, SSH_SETTINGS } from './inventory/empty.ts';
import type { Inventory, NodeConfig } from './node-config.ts';
import { readReport } from './report/read-report.ts';

/** A fleet as it was recorded: a folder for each round, with a JSON file for each node. */
export interface Recording {
  inventory: Inventory;
  /** How many rounds there are. */
  rounds: number;
  /** One of them, from 0; what the files hold is read with the same care as what a node sends. */
  round(at: number): Promise<Snapshot>;
}

/** What `fleet.json` may say beside the rounds. */
interface Said {
  environment?: string;
  nodes?: Record<string, { host?: string; role?: string; tags?: string[] }>;
}

const FLEET = 'fleet.json';
/** Files read before other work gets its turn. */
const TURN = 4;

/** Opens a recording: `DIR/001/ns1.json …`, or one round's files in DIR itself. Refuses with exit 3 where there is none. */
export function openRecording(folder: string): Recording {
  const names = listed(folder);
  const numbered = names.filter((name) => /^\d+$/.test(name)).sort((a, b) => Number(a) - Number(b));
  const folders = numbered.length > 0 ? numbered.map((name) => join(folder, name)) : [folder];
  const said = names.includes(FLEET) ? (jsonAt(join(folder, FLEET)) as Said) : {};
  const nodes = [...new Set(folders.flatMap(nodeNames))].sort().map((name) => nodeOf(name, said));
  if (nodes.length === 0) throw noRecording(folder, 'no file of a node is in it');
  const inventory: Inventory = { path: folder, format: 'local', nodes, settings: [], ssh: SSH_SETTINGS, notes: [] };
  return { inventory, rounds: folders.length, round: (at) => roundIn(folders[at] ?? folder, nodes) };
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw noRecording(folder, error instanceof Error ? error.message : String(error));
  }
}

function noRecording(folder: string, why: string): Refusal {
  return new Refusal(EXIT.configuration, `no recording is there: ${why}`, {
    where: folder,
    next: 'It is a folder with a JSON report for each node, or numbered folders of them.',
  });
}

function nodeNames(folder: string): string[] {
  return listed(folder).flatMap((file) => (file.endsWith('.json') && file !== FLEET ? [file.slice(0, -'.json'.length)] : []));
}

function nodeOf(name: string, said: Said): NodeConfig {
  const { host = name, role = 'node', tags = [] } = said.nodes?.[name] ?? {};
  return { ...plainNode(name, host), environment: said.environment ?? null, role, tags };
}

function jsonAt(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Refusal(
      EXIT.configuration,
      `this file of the recording cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      { where: path },
    );
  }
}

async function roundIn(folder: string, nodes: readonly NodeConfig[]): Promise<Snapshot> {
  const begun_ms = performance.now();
  const read: NodeSnapshot[] = [];
  for (const node of nodes) {
    read.push(nodeIn(folder, node));
    if (read.length % TURN === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const times = read.flatMap(({ report, answered_at_ms }) => (report === null ? [] : [answered_at_ms]));
  const taken_at_ms = times.length > 0 ? Math.max(...times) : statSync(folder).mtimeMs;
  const at = read.map((node) => (node.report === null ? { ...node, asked_at_ms: taken_at_ms, answered_at_ms: taken_at_ms } : node));
  return { environment: nodes[0]?.environment ?? null, taken_at_ms, duration_ms: Math.round(performance.now() - begun_ms), nodes: at };
}

function nodeIn(folder: string, { name, host, environment, role, tags, groups }: NodeConfig): NodeSnapshot {
  const base = { ...{ name, host, environment, role, tags, groups }, notes: [], asked_at_ms: 0, answered_at_ms: 0 };
  const without = (failure: Failure): NodeSnapshot => ({ ...base, via: 'ward', profile: 'default', report: null, failure });
  const text = textAt(join(folder, `${name}.json`));
  if (text === null) return without({ cause: 'other', message: 'this round has nothing of it', next: '' });
  const failure = failureIn(text);
  if (failure !== null) return without(failure);
  const read = readReport(text);
  if (read.kind === 'refused') return without({ cause: read.cause, message: read.message, next: '' });
  const at_ms = Date.parse(read.report.timestamp) || 0;
  const profile = read.report.profile === 'orama' ? 'orama' : 'default';
  return {
    ...base,
    via: read.via,
    profile,
    report: read.report,
    failure: null,
    asked_at_ms: at_ms,
    answered_at_ms: at_ms + read.report.collect_ms,
  };
}

function textAt(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** `{"failure": {"cause": …, "message": …, "next": …}}` stands for a node that gave no report. */
function failureIn(text: string): Failure | null {
  if (!/^\s*\{\s*"failure"/.test(text)) return null;
  const { failure } = JSON.parse(text) as { failure: Partial<Failure> };
  return { cause: failure.cause ?? 'other', message: String(failure.message ?? 'gave no report'), next: String(failure.next ?? '') };
}
