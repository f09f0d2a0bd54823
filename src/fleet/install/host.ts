import type { Facts } from './look.ts';
import { PLACES } from './places.ts';

/** What a node is, as far as an install must know. */
export interface HostFacts {
  /** As uname calls it. */
  kernel: string;
  /** x64, arm64, or what uname calls another one. */
  machine: string;
  /** Its oldest C library that the executable runs on is glibc 2.17; musl is another one. */
  libc: 'glibc' | 'musl' | 'unknown';
  /** A Node.js from 20 on, by its whole path. */
  node: { path: string; version: string } | null;
  tools: ReadonlySet<string>;
  /** Of the file system that the agent comes to lie on. */
  free_kb: number | null;
  readonly: boolean;
  noexec: boolean;
  /** SHA-256 by path, of what is there. */
  digests: ReadonlyMap<string, string>;
  user: { uid: number; home: string; shell: string } | null;
  has_group: boolean;
  keys: readonly string[];
  rules: readonly string[];
  raw: Facts;
}

/** Oldest Node.js that runs the agent. */
export const OLDEST_NODE = 20;

const MACHINES: Readonly<Record<string, string>> = { x86_64: 'x64', aarch64: 'arm64' };

/** Reads the facts of a look. */
export function hostFacts(raw: Facts): HostFacts {
  const one = (name: string) => raw.get(name)?.[0] ?? '';
  const many = (name: string) => raw.get(name) ?? [];
  return {
    kernel: one('kernel'),
    machine: MACHINES[one('machine')] ?? one('machine'),
    libc: many('musl').length > 0 ? 'musl' : one('libc').startsWith('glibc') ? 'glibc' : 'unknown',
    node: many('node').flatMap(nodeOf)[0] ?? null,
    tools: new Set(many('tool').map((text) => pair(text)[0])),
    free_kb: freeIn(one('disk')),
    readonly: many('readonly').length > 0,
    noexec: /(?:^|,)noexec(?:,| |$)/.test(many('mount').at(-1) ?? ''),
    digests: new Map(many('digest').map(pair)),
    user: many('user').map(userOf)[0] ?? null,
    has_group: many('group').length > 0,
    keys: many('key'),
    rules: many('rule'),
    raw,
  };
}

function pair(text: string): [first: string, second: string] {
  const [first = '', second = ''] = text.split(' ');
  return [first, second];
}

/** The fourth column of df -P, in KiB. */
function freeIn(line: string): number | null {
  const free = line.split(' ')[3] ?? '';
  return /^\d+$/.test(free) ? Number(free) : null;
}

function userOf(text: string): { uid: number; home: string; shell: string } {
  const [uid, , home = '', shell = ''] = text.split(' ');
  return { uid: Number(uid), home, shell };
}

function nodeOf(text: string): { path: string; version: string }[] {
  const [path, version] = pair(text);
  const major = /^v(\d+)\./.exec(version)?.[1];
  return major === undefined || Number(major) < OLDEST_NODE ? [] : [{ path, version: version.slice(1) }];
}

/** The commands that the node's sudo rules allow already, as far as they are ours. */
export function ruledNow({ rules }: HostFacts): string[] {
  const ours = new RegExp(`NOPASSWD: ((?:/usr/(?:local/)?bin/node ${PLACES.bundle}|${PLACES.executable}) ssh)$`);
  return rules.flatMap((rule) => ours.exec(rule)?.[1] ?? []);
}
