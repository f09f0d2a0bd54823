import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Sample, YOUNGEST_S } from '../core/samples.ts';
import type { MachineId } from './machine-id.ts';
import { hangingPaths } from '../hosts/local/mounts.ts';
import type { Seen } from '../hosts/local/seen.ts';
import { keepWhole } from './keep-whole.ts';

/** Where this user's last counters are kept: the system's folder for root, else the person's own state folder; null if there is none. */
export function samplePath(env: NodeJS.ProcessEnv = process.env): string | null {
  if (env['WARD_STATE_DIR'] !== undefined && env['WARD_STATE_DIR'] !== '') return join(env['WARD_STATE_DIR'], 'sample.json');
  if (process.getuid?.() === 0) return '/var/lib/wardround/sample.json';
  const state = env['XDG_STATE_HOME'] ?? (env['HOME'] === undefined ? undefined : join(env['HOME'], '.local/state'));
  return state?.startsWith('/') ? join(state, 'wardround/sample.json') : null;
}

/** The path, but not where a person's own folder lies on a file system that may never answer: the report must not wait for it. */
export function reachable(path: string | null): string | null {
  return path !== null && hangingPaths()(path) ? null : path;
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
  // Not synced: a power cut ends the boot, and with it the use of the sample.
  keepWhole(path, JSON.stringify(sample), false);
}
