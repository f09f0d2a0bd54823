import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, Refusal } from '../core/refusal.ts';
import type { NodeSnapshot, Snapshot } from '../core/snapshot.ts';
import { plainNode, SSH_SETTINGS } from './inventory/empty.ts';
import type { Inventory, NodeConfig } from './node-config.ts';
import { snapshotOfText } from './snapshot-of-text.ts';

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
  const inventory: Inventory = { path: folder, format: 'reports', nodes, settings: [], ssh: SSH_SETTINGS, notes: [] };
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

function nodeIn(folder: string, node: NodeConfig): NodeSnapshot {
  return snapshotOfText(node, textAt(join(folder, `${node.name}.json`)) ?? NOTHING);
}

/** For a node of which a round has nothing. */
const NOTHING = '{"failure":{"message":"this round has nothing of it"}}';

function textAt(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
