import { isDeepStrictEqual } from 'node:util';
import { type Figure, type Json, valueAt } from './figure.ts';

/** A field of the report beside what the host's own programs say. */
export interface Row {
  path: string;
  ward: unknown;
  host: unknown;
  within: number;
  equal: boolean;
}

/** Holds each figure of a report against the outputs of the host's own programs. */
export function compare(report: Json, figures: readonly Figure[], outputs: ReadonlyMap<string, string>): Row[] {
  return figures.map(({ path, command, read, as, within = 0 }) => {
    const found = valueAt(report, path);
    const ward = as === undefined || found === undefined || found === null ? found : as(found);
    const host = readIn(read, outputs.get(command) ?? '');
    return { path, ward, host, within, equal: isEqual(ward, host, within) };
  });
}

/** What cannot be read says nothing. */
function readIn(read: Figure['read'], output: string): unknown {
  try {
    return read(output);
  } catch {
    return '';
  }
}

function isEqual(ward: unknown, host: unknown, within: number): boolean {
  // Nothing on either side proves nothing.
  if (ward === undefined || ward === null || host === '' || Number.isNaN(host)) return false;
  if (typeof ward === 'number' && typeof host === 'number') return Math.abs(ward - host) <= within;
  return isDeepStrictEqual(ward, host);
}
