import type { ChainLink } from './host.ts';

/** What a machine can be asked to try from where it stands. */
export const PROBE_KINDS = ['mesh-ping', 'tcp', 'dns', 'tls'] as const;
export type ProbeKind = (typeof PROBE_KINDS)[number];

/** An address or a name in small letters, an IPv6 address without its brackets, and a port. */
export interface Place {
  host: string;
  port: number;
}

/** A fixed name that nobody has, so that only a wildcard answers for it. */
export const WILDCARD_PROBE = 'ward-check';

/** One probe, read from its words. */
export type Probe =
  /** Every peer of the machine's own mesh, or the one with this address. */
  | { kind: 'mesh-ping'; target: string; address: string | null }
  | { kind: 'tcp'; target: string; place: Place }
  /** SOA, NS, A and a wildcard of a zone, by the name server at a place. */
  | { kind: 'dns'; target: string; place: Place; zone: string }
  /** The certificates that a server shows for a name. */
  | { kind: 'tls'; target: string; place: Place; name: string };

/** The chain that a server showed, its own certificate first. */
export interface ShownChain {
  /** Whether a client that knows only the machine's own authorities would trust it for the name. */
  trusted: boolean;
  /** Why it would not, in the TLS library's word; empty if it would. */
  distrust: string;
  names: string[];
  links: ChainLink[];
}

/** What came of one thing that was tried. */
export interface ProbeResult {
  /** The peer's address, `HOST:PORT`, or the record's type: `SOA`, `NS`, `A`, `wildcard`. */
  subject: string;
  /** Null where it could not be found out; `reason` says why. */
  passed: boolean | null;
  /** Why it did not pass or is not known; empty where it passed. */
  reason: string;
  /** By what it was tried: the system's ping program, a TCP connection, a question to a name server, a TLS handshake. */
  by: 'ping' | 'tcp' | 'dns' | 'tls';
  took_ms: number | null;
  /** Records; empty for other kinds. */
  records: readonly string[];
  chain: ShownChain | null;
}

/** A machine's answer to a probe. */
export interface ProbeAnswer {
  probe: ProbeKind;
  target: string;
  /** By the machine's own clock. */
  timestamp: string;
  version: string;
  /** Null where nothing could be tried; `reason` says why. */
  results: ProbeResult[] | null;
  reason: string;
}

const PORT = '([1-9][0-9]{0,4})';
const V4 = String.raw`[0-9]{1,3}(?:\.[0-9]{1,3}){3}`;
const V6 = '[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,8}';
const NAME = '[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?';
/** Groups: host, IPv6 address, port, name. */
const SHAPES = {
  'mesh-ping': new RegExp(`^(?:all|(${V4}|${V6}))$`),
  tcp: new RegExp(String.raw`^(?:(${NAME})|\[(${V6})\]):${PORT}$`),
  dns: new RegExp(String.raw`^(?:(${V4})|\[(${V6})\]):${PORT}/(${NAME})$`),
  tls: new RegExp(String.raw`^(?:(${NAME})|\[(${V6})\]):${PORT}(?:/(${NAME}))?$`),
} as const;

/** How the target of each kind is written. */
const TARGET_SHAPES: Readonly<Record<ProbeKind, string>> = {
  'mesh-ping': 'all, or the address of one peer',
  tcp: 'HOST:PORT',
  dns: 'ADDRESS:PORT/ZONE',
  tls: 'HOST:PORT, or HOST:PORT/NAME',
};

/** The probe that a kind and a target name; else a sentence that says what they should have been. */
export function probeIn(kind: string, target: string): Probe | string {
  if (!isKind(kind)) return `there is no probe ${kind.slice(0, 40)}; there are ${PROBE_KINDS.join(', ')}`;
  const parts = target.length > MOST_LETTERS ? null : SHAPES[kind].exec(target.toLowerCase());
  const probe = parts === null ? null : probeOf(kind, target, parts);
  return probe ?? `the target of ${kind} is ${TARGET_SHAPES[kind]}`;
}

const MOST_LETTERS = 254;
const MOST_PORT = 65_535;

function probeOf(kind: ProbeKind, target: string, [, host, v6, port, name]: RegExpExecArray): Probe | null {
  if (kind === 'mesh-ping') return { kind, target, address: host ?? null };
  const place = { host: host ?? v6 ?? '', port: Number(port) };
  if (place.port > MOST_PORT) return null;
  if (kind === 'tcp') return { kind, target, place };
  return kind === 'dns' ? { kind, target, place, zone: name ?? '' } : { kind, target, place, name: name ?? place.host };
}

function isKind(kind: string): kind is ProbeKind {
  return (PROBE_KINDS as readonly string[]).includes(kind);
}

/** `HOST:PORT`, an IPv6 address in brackets. */
export function placeText({ host, port }: Place): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
