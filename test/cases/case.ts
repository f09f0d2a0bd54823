import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectAll } from '../../src/core/collect.ts';
import { PROFILES, type ProfileName } from '../../src/core/profile.ts';
import { type Report, SCHEMA_VERSION } from '../../src/core/report.ts';
import type { FailureCause, NodeSnapshot, Snapshot } from '../../src/core/snapshot.ts';
import type { Registered } from '../../src/core/subsystem.ts';
import { type Transcript, transcript } from '../../src/hosts/transcript.ts';

/** The default clock of cases: 2026-11-22T12:00:00Z. */
const NOON_MS = Date.UTC(2026, 10, 22, 12);

/** A case: a small fleet as recorded, one transcript a node. */
export interface Case {
  folder: string;
  subsystem: Registered;
  nodes: readonly { name: string; text: string }[];
}

/** The cases of a subsystem by the folders in `cases/`; none where it has no such folder yet. */
export function casesOf(subsystem: Registered, folder: string): Case[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return entries.map(({ name }) => {
    const files = readdirSync(join(folder, name)).filter((file) => file.endsWith('.txt') && file !== 'expected.txt').sort();
    const nodes = files.map((file) => ({ name: file.slice(0, -'.txt'.length), text: readFileSync(join(folder, name, file), 'utf8') }));
    return { folder: join(folder, name), subsystem, nodes };
  });
}

/** A node of a case as it would stand in a snapshot, with its transcript to look at what was not answered. */
export async function replayed(subsystem: Registered, name: string, text: string): Promise<{ node: NodeSnapshot; tape: Transcript }> {
  const tape = transcript(text);
  const { facts } = tape;
  const at = Number(facts['now_ms'] ?? NOON_MS);
  const report = facts['failure'] === undefined ? await reportOf(subsystem, tape) : null;
  const [cause, ...message] = (facts['failure'] ?? '').split(' ');
  const node: NodeSnapshot = {
    name,
    host: facts['host'] ?? `${name}.example.net`,
    environment: 'cases',
    role: facts['role'] ?? 'node',
    tags: (facts['tags'] ?? '').split(',').filter(Boolean),
    groups: [],
    via: 'ward',
    profile: (facts['profile'] ?? 'default') as ProfileName,
    report,
    failure: report === null ? { cause: cause as FailureCause, message: message.join(' '), next: '' } : null,
    asked_at_ms: Number(facts['asked_at_ms'] ?? at),
    answered_at_ms: Number(facts['answered_at_ms'] ?? at),
    notes: [],
  };
  return { node, tape };
}

async function reportOf({ name, collect }: Registered, { host, facts }: Transcript): Promise<Report> {
  const profile = { ...PROFILES[(facts['profile'] ?? 'default') as ProfileName], ...(JSON.parse(facts['node.yaml'] ?? '{}') as object) };
  const earlier = facts['sample'] === undefined ? null : JSON.parse(facts['sample']);
  const collected = await collectAll({ [name]: collect }, host, profile, earlier);
  return {
    schema_version: SCHEMA_VERSION,
    timestamp: facts['timestamp'] ?? new Date(Number(facts['now_ms'] ?? NOON_MS)).toISOString(),
    hostname: null,
    public_ip: null,
    wireguard_ip: null,
    version: facts['version'] ?? '0.1.0',
    profile: profile.name,
    expected: [...profile.expect],
    collect_ms: 0,
    errors: collected.errors,
    states: collected.states,
    unknown: collected.unknown,
    ...collected.sections,
  };
}

/** The case's whole fleet. */
export async function snapshotOf({ subsystem, nodes }: Case): Promise<{ snapshot: Snapshot; missing: string[] }> {
  const all = await Promise.all(nodes.map(({ name, text }) => replayed(subsystem, name, text)));
  const missing = all.flatMap(({ node, tape }) => tape.missing.map((question) => `${node.name}: ${question}`));
  return { snapshot: { environment: 'cases', taken_at_ms: NOON_MS, duration_ms: 0, nodes: all.map(({ node }) => node) }, missing };
}
