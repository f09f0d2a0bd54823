import { createReadStream, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { visible } from '../core/clean.ts';
import { inTurn } from '../core/in-turn.ts';
import { EXIT, Refusal } from '../core/refusal.ts';
import { plainNode, SSH_SETTINGS } from './inventory/empty.ts';
import type { NodeSnapshot } from '../core/snapshot.ts';
import { ageInWords } from '../core/units.ts';
import type { Inventory, NodeConfig } from './node-config.ts';
import { snapshotOfText } from './snapshot-of-text.ts';
import { textWithin } from './text-within.ts';

/** A report that was read from somewhere, under the name that its node has here. */
interface Given {
  name: string;
  text: string;
  where: string;
}

/** No report, and no line of standard input, is longer; all of standard input is at most sixteen times as long. */
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * Reports of ward and of the original, mixed: files, folders of `.json` files, or `-` for standard input, which may hold several, one a line. A file
 * names its node, standard input goes by the report's own host name. Refuses with exit 3 what cannot be read and two reports of one node.
 */
export async function givenReports(places: readonly string[]): Promise<NodeConfig[]> {
  const all = await inTurn(places, 1, (place) => (place === '-' ? fromStdin() : fromPath(place)));
  const seen = new Map<string, string>();
  const given = all.flat();
  for (const { name, where } of given) {
    const earlier = seen.get(name);
    if (earlier !== undefined) throw unreadable(where, `it and ${visible(earlier)} are both reports of ${visible(name)}`);
    seen.set(name, where);
  }
  return given.map(({ name, text }) => ({ ...plainNode(name, name), given: text }));
}

/** From this age on a given report is said to be old. */
const OLD_S = 300;

/** A node by its given report, with a word on how old that is. */
export function givenSnapshot(node: NodeConfig, text: string): NodeSnapshot {
  const snapshot = snapshotOfText(node, text);
  const age_s = (Date.now() - snapshot.answered_at_ms) / 1000;
  if (snapshot.report === null || snapshot.answered_at_ms === 0 || age_s < OLD_S) return snapshot;
  return { ...snapshot, notes: [...snapshot.notes, `Its report was given and not asked for; it was made ${ageInWords(age_s)} ago`] };
}

/** The fleet of these reports alone. */
export function inventoryOf(nodes: readonly NodeConfig[]): Inventory {
  return { path: null, format: 'reports', nodes, settings: [], ssh: SSH_SETTINGS, notes: [] };
}

/** An inventory whose nodes are not asked where a report of theirs is given; other reports' nodes come behind it. */
export function withReports(inventory: Inventory, given: readonly NodeConfig[]): Inventory {
  const texts = new Map(given.map(({ name, given: text }) => [name, text]));
  const known = inventory.nodes.map((node) => {
    const text = texts.get(node.name);
    return text === undefined ? node : { ...node, given: text };
  });
  const names = new Set(inventory.nodes.map(({ name }) => name));
  return { ...inventory, nodes: [...known, ...given.filter(({ name }) => !names.has(name))] };
}

function fromPath(path: string): Promise<Given[]> {
  return reading(path, async () => {
    if (!statSync(path).isDirectory()) return [await fromFile(path)];
    const files = readdirSync(path).filter((name) => name.endsWith('.json'));
    if (files.length === 0) throw unreadable(path, 'no .json file is in it');
    return await inTurn(files.sort(), 1, (name) => fromFile(join(path, name)));
  });
}

function fromFile(path: string): Promise<Given> {
  return reading(path, async () => {
    const text = await textWithin(createReadStream(path), MOST_BYTES);
    if (text === null) throw unreadable(path, 'it is longer than 8 MiB, as no report is');
    return { name: basename(path).replace(/\.json$/, ''), text, where: path };
  });
}

async function fromStdin(): Promise<Given[]> {
  const text = await reading('standard input', () => textWithin(process.stdin, 16 * MOST_BYTES));
  if (text === null) throw unreadable('standard input', 'it is longer than 128 MiB');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const isOneALine = lines.length > 1 && lines.every((line) => line.startsWith('{') && line.trimEnd().endsWith('}'));
  const texts = isOneALine ? lines : lines.length === 0 ? [] : [text];
  if (texts.length === 0) throw unreadable('standard input', 'nothing came');
  return texts.map((each, at) => ({
    name: hostNameIn(each) ?? `report-${at + 1}`,
    text: each,
    where: `report ${at + 1} of standard input`,
  }));
}

/** The report's own word for its machine, if it is one; whether it is a report at all shows later. */
function hostNameIn(text: string): string | null {
  const [, name = ''] = /"hostname"\s*:\s*"([A-Za-z0-9][A-Za-z0-9._-]{0,252})"/.exec(text) ?? [];
  return name === '' ? null : name;
}

async function reading<T>(where: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw unreadable(where, error instanceof Error ? error.message : String(error));
  }
}

function unreadable(where: string, why: string): Refusal {
  return new Refusal(EXIT.configuration, `this report cannot be taken: ${why}`, {
    where: visible(where),
    next: '--from takes files with a JSON report in each, folders of such files, or - for standard input.',
  });
}
