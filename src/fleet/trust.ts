import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { EXIT, Refusal } from '../core/refusal.ts';
import { inTurn } from '../core/in-turn.ts';
import type { Inventory, NodeConfig } from './node-config.ts';
import { type HostKey, keyInLine, type Start, shownKey } from './ssh/host-keys.ts';
import { ownKnownHosts, ownKnownHostsThere } from './ssh/own-places.ts';
import { sshProgram } from './ssh/program.ts';
import { changedKey, told } from './ssh/told.ts';
import type { Target } from './ssh/words.ts';

/** What a node shows as its key, and how that stands to what is known. */
export interface ScannedKey {
  node: string;
  /** Null where none came; `problem` says why. */
  key: HostKey | null;
  problem: string;
  /** known: as before; new: nobody knew one; changed: another was known. */
  standing: 'known' | 'new' | 'changed' | 'unknown';
  /** The file into which trusting would write: the inventory's own, or ward's. */
  file: string;
  /** Where the other key is known from, if that is not the same file; there it must be taken away by hand. */
  elsewhere: string | null;
}

/** A greeting takes no longer than a login. */
const GREETING_MS = 10_000;

/**
 * Looks at the host keys of these nodes, all at once, and writes nothing. Nothing but a greeting is sent: the keys are for a person to compare with
 * what the machines' own consoles say.
 */
export async function scanHostKeys(inventory: Inventory, nodes: readonly NodeConfig[], timeout_ms = GREETING_MS): Promise<ScannedKey[]> {
  const start = { program: sshProgram('ssh'), env: { ...process.env, LC_ALL: 'C' } };
  const remote = nodes.filter(({ host }) => host !== null);
  return inTurn(remote, inventory.ssh.at_once, (node) =>
    scanned({ node, ssh: inventory.ssh, own_known_hosts: ownKnownHostsThere() }, start, timeout_ms),
  );
}

/** Takes any key first, then asks ssh whether it is the known one. */
async function scanned(target: Target, start: Start, timeout_ms: number): Promise<ScannedKey> {
  const { name, known_hosts } = target.node;
  const place = { node: name, file: known_hosts ?? ownKnownHosts() ?? '', elsewhere: null };
  const { key, stderr } = await shownKey(start, target, timeout_ms);
  if (key === null) return { ...place, key, problem: told(stderr)?.message ?? 'it showed no key', standing: 'unknown' };
  const strict = await shownKey(start, target, timeout_ms, 'known');
  const cause = told(strict.stderr)?.cause;
  if (cause === 'host-key-unknown') return { ...place, key, problem: '', standing: 'new' };
  if (cause !== 'host-key-changed') return { ...place, key, problem: '', standing: 'known' };
  const other = changedKey(strict.stderr).file;
  return { ...place, key, problem: '', standing: 'changed', elsewhere: other === place.file ? null : other };
}

/** Writes the keys that the person has compared, each in the place of what the same file said of that host before; only the owner may read the file. */
export function trustHosts(scanned: readonly ScannedKey[]): void {
  const files = new Map<string, HostKey[]>();
  for (const { key, file } of scanned) if (key !== null) files.set(file, [...(files.get(file) ?? []), key]);
  for (const [file, keys] of files) {
    if (file === '')
      throw new Refusal(EXIT.storage, 'there is no folder for the keys: neither HOME nor XDG_STATE_HOME is set', { next: 'Set HOME.' });
    const hosts = new Set(keys.map(hostOf));
    const kept = linesOf(file).filter(
      (line) => line.trim() !== '' && !(keyInLine(line) !== null && hosts.has(line.trim().split(' ', 1)[0] ?? '')),
    );
    writeWhole(file, `${[...kept, ...keys.map(({ line }) => line)].join('\n')}\n`);
  }
}

function hostOf({ line }: HostKey): string {
  return line.split(' ', 1)[0] ?? '';
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unwritable(file, error);
  }
}

function writeWhole(file: string, text: string): void {
  const fresh = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(fresh, text, { mode: 0o600, flush: true });
    renameSync(fresh, file);
  } catch (error) {
    throw unwritable(file, error);
  }
}

function unwritable(file: string, error: unknown): Refusal {
  return new Refusal(EXIT.storage, error instanceof Error ? error.message : String(error), { where: file, next: 'Nothing was changed.' });
}
