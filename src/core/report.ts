import type { UnknownKind } from './unknown.ts';

/** Of the report's form; rises when a reader must know. */
export const SCHEMA_VERSION = 1;

/** ok: data; absent: not installed here; unknown: could not be read. */
export type SectionState = 'ok' | 'absent' | 'unknown';

/** One value that could not be read. */
export interface UnknownEntry {
  /** As in `wireguard.peers[0].endpoint`; a section's name alone for the whole of it. */
  path: string;
  kind: UnknownKind;
  reason: string;
}

/** One node's report as it stands in JSON. Each subsystem's section is a further key: an object, or null. */
export interface Report {
  schema_version: number;
  /** RFC 3339, UTC: when the collection began, by the node's own clock. */
  timestamp: string;
  hostname: string | null;
  public_ip: string | null;
  wireguard_ip: string | null;
  /** A hash of the machine's own id, the same for clones; null where it could not be read, absent in reports of others. */
  machine_id?: string | null;
  /** Of the ward that made it. */
  version: string;
  profile: string;
  /** Subsystems whose absence is a finding here. */
  expected: string[];
  collect_ms: number;
  errors: string[];
  states: Record<string, SectionState>;
  unknown: UnknownEntry[];
  [section: string]: unknown;
}
