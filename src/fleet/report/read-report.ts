import { type Report, SCHEMA_VERSION, type SectionState, type UnknownEntry } from '../../core/report.ts';
import type { UnknownKind } from '../../core/unknown.ts';
import { SECTIONS } from '../../subsystems/sections.gen.ts';
import { line } from '../ssh/outcome.ts';
import { boundedJson } from './bounded-json.ts';
import { type Fitting, fitted, isMap, type Schema, withoutWildNumbers } from './fit.ts';
import { fromOriginal } from './original.ts';
import { NOT_PLAUSIBLE } from './plausible.ts';

/** What a node's text came to. */
export type Read =
  | { kind: 'report'; report: Report; via: 'ward' | 'orama' }
  | { kind: 'refused'; cause: 'not-a-report' | 'version'; message: string };

const SCHEMAS = SECTIONS as Readonly<Record<string, Schema>>;
/** Keys of a report that are no section. */
const FRAME = new Set([
  'schema_version',
  'timestamp',
  'hostname',
  'public_ip',
  'wireguard_ip',
  'machine_id',
  'version',
  'profile',
  'expected',
  'collect_ms',
  'errors',
  'states',
  'unknown',
]);

/**
 * A report from a node's text, which may be anything at all: bounded before it is parsed, each section held against its schema, reports of the original
 * program translated. Never throws.
 */
export function readReport(text: string): Read {
  const json = text.trim();
  return readValue(parsed(json), json);
}

/** The same from what was parsed, and bounded, already; `json` is for quoting what is no report. The value itself stays as it is. */
export function readValue(value: unknown, json = ''): Read {
  if (!isMap(value)) return { kind: 'refused', cause: 'not-a-report', message: typeof value === 'string' ? value : notOne(json) };
  const version = value['schema_version'];
  if (version === undefined) return original(value, json);
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return {
      kind: 'refused',
      cause: 'not-a-report',
      message: `what it sent is no report: its schema_version is ${line(JSON.stringify(version))}`,
    };
  if (version > SCHEMA_VERSION) {
    return {
      kind: 'refused',
      cause: 'version',
      message: `its report has form ${version}, made by ward ${line(String(value['version']))}; this ward reads forms up to ${SCHEMA_VERSION}`,
    };
  }
  return { kind: 'report', report: reportOf(value, 'its ward does not report it'), via: 'ward' };
}

/** The value, or a sentence for why there is none. */
function parsed(json: string): unknown {
  const bounded = boundedJson(json);
  if (bounded.kind === 'broken') return `what it sent is no report: ${bounded.why}`;
  if (bounded.kind === 'no-json') return notOne(json);
  return typeof bounded.value === 'string' ? null : bounded.value;
}

function notOne(json: string): string {
  return `what it sent is no report: ${json === '' ? 'nothing at all' : line(json)}`;
}

/** The original's program is known by the sections that each of its reports has. */
function original(value: Record<string, unknown>, json: string): Read {
  if (!('timestamp' in value) || !('system' in value || 'services' in value))
    return { kind: 'refused', cause: 'not-a-report', message: notOne(json) };
  return { kind: 'report', report: reportOf(fromOriginal(value), 'the original orama node report does not tell it'), via: 'orama' };
}

function reportOf(value: Record<string, unknown>, missing: string): Report {
  const fitting: Fitting = { unknown: entriesOf(value['unknown']), missing };
  const states: Record<string, SectionState> = {};
  const sections: Record<string, unknown> = {};
  const told = isMap(value['states']) ? value['states'] : {};
  const names = new Set([...Object.keys(SCHEMAS), ...Object.keys(value).filter((key) => !FRAME.has(key))]);
  for (const name of names) {
    const section = sectionOf(name, value, fitting);
    sections[name] = section;
    states[name] = section !== null ? 'ok' : told[name] === 'absent' ? 'absent' : 'unknown';
  }
  const collect_ms = numberAt(value, 'collect_ms', fitting);
  return {
    schema_version: SCHEMA_VERSION,
    timestamp: timestampOf(value['timestamp'], fitting),
    hostname: textOrNull(value['hostname']),
    public_ip: textOrNull(value['public_ip']),
    wireguard_ip: textOrNull(value['wireguard_ip']),
    machine_id: machineId(value['machine_id']),
    version: textOrNull(value['version']) ?? '',
    profile: textOrNull(value['profile']) ?? 'default',
    expected: textsOf(value['expected']),
    collect_ms,
    errors: textsOf(value['errors']),
    states,
    unknown: fitting.unknown,
    ...sections,
  };
}

function sectionOf(name: string, value: Record<string, unknown>, fitting: Fitting): unknown {
  const section = value[name];
  if (section === null || section === undefined) {
    if (!fitting.unknown.some(({ path }) => path === name)) fitting.unknown.push({ path: name, kind: 'absent', reason: fitting.missing });
    return null;
  }
  const schema = SCHEMAS[name];
  return schema === undefined ? withoutWildNumbers(section) : fitted(schema, section, name, fitting);
}

/** Text is kept as it is, for people; only what is none is unknown. */
function timestampOf(value: unknown, { unknown }: Fitting): string {
  if (typeof value === 'string' && value.length <= 64) return value;
  unknown.push({ path: 'timestamp', kind: 'unparsed', reason: `${NOT_PLAUSIBLE} no time at which it was made` });
  return '';
}

/** How long the report took; 0 only makes our own look at its clock less sure, and it is listed as unknown. */
function numberAt(value: Record<string, unknown>, name: string, { unknown }: Fitting): number {
  const number = value[name];
  if (typeof number === 'number' && number >= 0 && number <= 3_600_000) return number;
  unknown.push({ path: name, kind: 'unparsed', reason: `${NOT_PLAUSIBLE} no duration` });
  return 0;
}

function machineId(value: unknown): string | null {
  return typeof value === 'string' && /^[0-9a-f]{32}$/.test(value) ? value : null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, 1024) : null;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string').slice(0, 1000) : [];
}

const KINDS: readonly string[] = ['absent', 'denied', 'timeout', 'failed', 'unparsed'] satisfies UnknownKind[];

function entriesOf(value: unknown): UnknownEntry[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter(isMap)
    .flatMap(({ path, kind, reason }) =>
      typeof path === 'string' && typeof reason === 'string'
        ? [{ path, reason, kind: typeof kind === 'string' && KINDS.includes(kind) ? (kind as UnknownKind) : 'failed' }]
        : [],
    );
}
