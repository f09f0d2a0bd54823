import { createHash } from 'node:crypto';
import { type Collector, collectAll } from '../core/collect.ts';
import type { Host } from '../core/host.ts';
import { type Report, SCHEMA_VERSION } from '../core/report.ts';
import type { Sample } from '../core/samples.ts';
import { Unknown } from '../core/unknown.ts';
import { VERSION } from '../core/version.gen.ts';
import { withDeadline } from '../hosts/deadline.ts';
import { localHost } from '../hosts/local.ts';
import { hangingPaths } from '../hosts/local/mounts.ts';
import { noHolders } from '../hosts/local/owners.ts';
import { COLLECTORS } from '../subsystems/collectors.gen.ts';
import { type NodeProfile, readNodeFile } from './node-file.ts';
import { keepSample, readSample, samplePath } from './sample-file.ts';

/** However slow the machine, its report is there after this long, with what did not come said to be unknown. */
export const REPORT_DEADLINE_MS = 10_000;

/** This machine's report, with rates since the last one. `only` names the sections that are wanted. */
export async function localReport(only: readonly string[] | null = null): Promise<Report> {
  const path = reachable(samplePath());
  const earlier = readSample(path);
  const holders = earlier?.holders ?? noHolders();
  const { report, sample } = await reportOf(localHost(REPORT_DEADLINE_MS, holders), readNodeFile(), earlier, only);
  // A report of some sections has not counted the others: keeping it would cost them their sample.
  if (only === null && sample !== null) keepSample(path, { ...sample, holders }, earlier);
  return report;
}

/** Not where a person's own folder lies on a file system that may never answer: the report must not wait for it. */
function reachable(path: string | null): string | null {
  return path !== null && hangingPaths()(path) ? null : path;
}

/** The report of any host that can be asked. */
export async function reportOf(host: Host, node: NodeProfile, earlier: Sample | null, only: readonly string[] | null): Promise<{ report: Report; sample: Sample | null }> {
  const begun_ms = performance.now();
  const timed = withDeadline(host, REPORT_DEADLINE_MS);
  const clock = timed.ask('clock', {});
  const named = timed.ask('read', { path: '/proc/sys/kernel/hostname' });
  const machine = timed.ask('read', { path: '/etc/machine-id' });
  const collected = await collectAll(wanted(only), timed, node.profile, earlier);
  const [at, hostname, id] = await Promise.all([clock, named, machine]);
  const unread = notRead(only);
  const report: Report = {
    schema_version: SCHEMA_VERSION,
    timestamp: new Date(at instanceof Unknown ? Date.now() : at.unix_ms).toISOString(),
    hostname: hostname instanceof Unknown ? null : hostname.trim(),
    public_ip: null,
    wireguard_ip: meshAddress(collected.sections),
    machine_id: id instanceof Unknown ? null : machineId(id),
    version: VERSION,
    profile: node.profile.name,
    expected: [...node.profile.expect],
    collect_ms: Math.round(performance.now() - begun_ms),
    errors: [...node.problems, ...collected.errors],
    states: { ...collected.states, ...Object.fromEntries(unread.map((name) => [name, 'unknown' as const])) },
    unknown: [
      ...node.problems.map((reason) => ({ path: 'profile', kind: 'unparsed' as const, reason })),
      ...collected.unknown,
      ...unread.map((path) => ({ path, kind: 'failed' as const, reason: 'this ward does not read it yet' })),
    ],
    ...collected.sections,
    ...Object.fromEntries(unread.map((name) => [name, null])),
  };
  return { report, sample: collected.sample };
}

/** Sections that the original report has: each is always there, also where nobody reads it yet. */
const DOCUMENTED = ['system', 'services', 'rqlite', 'olric', 'ipfs', 'gateway', 'wireguard', 'dns', 'anyone', 'network', 'processes', 'namespaces'];

function notRead(only: readonly string[] | null): string[] {
  return DOCUMENTED.filter((name) => !(name in COLLECTORS) && (only === null || only.includes(name)));
}

/** The same for clones, and of no use to whoever sees it: the id itself is confidential (machine-id(5)). */
function machineId(text: string): string | null {
  const id = text.trim();
  return /^[0-9a-f]{32}$/.test(id) ? createHash('sha256').update(`wardround${id}`).digest('hex').slice(0, 32) : null;
}

function wanted(only: readonly string[] | null): Record<string, Collector> {
  return Object.fromEntries(Object.entries(COLLECTORS).filter(([name]) => only === null || only.includes(name)));
}

/** A copy of the section's own field, as the original report has it. */
function meshAddress({ wireguard }: Record<string, unknown>): string | null {
  const { wg_ip } = (wireguard ?? {}) as { wg_ip?: string | null };
  return wg_ip ?? null;
}

