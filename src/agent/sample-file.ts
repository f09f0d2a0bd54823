import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Sample, YOUNGEST_S } from '../core/samples.ts';
import type { MachineId } from './machine-id.ts';
import type { Seen } from '../hosts/local/seen.ts';

/** Where this user's last counters are kept: the system's folder for root, else the person's own state folder; null if there is none. */
export function samplePath(env: NodeJS.ProcessEnv = process.env): string | null {
  if (env['WARD_STATE_DIR'] !== undefined && env['WARD_STATE_DIR'] !== '') return join(env['WARD_STATE_DIR'], 'sample.json');
  if (process.getuid?.() === 0) return '/var/lib/wardround/sample.json';
  const state = env['XDG_STATE_HOME'] ?? (env['HOME'] === undefined ? undefined : join(env['HOME'], '.local/state'));
  return state?.startsWith('/') ? join(state, 'wardround/sample.json') : null;
}

/** What one report leaves to the next: its counters, and what need not be worked out again. */
export interface Kept extends Sample {
  seen?: Seen;
  machine?: MachineId;
}

/** The counters of the last report; null where there are none that can be read. */
export function readSample(path: string | null): Kept | null {
  if (path === null) return null;
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isKept(value) ? value : null;
  } catch {
    return null;
  }
}

function isKept(value: unknown): value is Kept {
  const { boot_id, uptime_s, values, seen } = (value ?? {}) as Partial<Kept>;
  return typeof boot_id === 'string' && typeof uptime_s === 'number' && isObject(values) && (seen === undefined || isSeen(seen));
}

function isSeen({ holders, verdicts }: Partial<Seen>): boolean {
  return isObject(holders?.at) && isObject(verdicts);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/**
 * Keeps the counters for the next report, whole or not at all; where that cannot be done, the next report looks twice instead.
 * One that is too young to serve is left to grow older, or reports asked in quick turn would never find one that serves.
 */
export function keepSample(path: string | null, sample: Kept | null, earlier: Sample | null): void {
  if (path === null || sample === null) return;
  const since = earlier?.boot_id === sample.boot_id ? sample.uptime_s - earlier.uptime_s : YOUNGEST_S;
  if (since >= 0 && since < YOUNGEST_S) return;
  const fresh = `${path}.new`;
  try {
    makeFolder(dirname(path));
    const file = openedAlone(fresh);
    try {
      // Not synced: a power cut ends the boot, and with it the use of the sample.
      writeFileSync(file, JSON.stringify(sample));
      renameSync(fresh, path);
    } catch (error) {
      unlinkSync(fresh);
      throw error;
    } finally {
      closeSync(file);
    }
  } catch {
    // Another report is keeping its own at this moment, or nothing can be kept here.
  }
}

/** What is older than this was left behind by one that was killed. */
const ABANDONED_MS = 10_000;

/** Throws where another is writing. */
function openedAlone(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || Math.abs(Date.now() - statSync(path).mtimeMs) < ABANDONED_MS) throw error;
    unlinkSync(path);
    return openSync(path, 'wx', 0o600);
  }
}

/** With the folders above it. Not by `recursive`: on a file system that takes no new folders Node.js 20 to 24 then never comes back. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(path) === path || existsSync(dirname(path))) throw error;
    makeFolder(dirname(path));
    mkdirSync(path, { mode: 0o700 });
  }
}
