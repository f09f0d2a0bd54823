import { type Collector, collectAll } from '../core/collect.ts';
import type { Host } from '../core/host.ts';
import { type Endpoint, PROFILES } from '../core/profile.ts';
import { type Report, SCHEMA_VERSION } from '../core/report.ts';
import { Unknown } from '../core/unknown.ts';
import { VERSION } from '../core/version.gen.ts';
import { withDeadline } from '../hosts/deadline.ts';
import { localHost } from '../hosts/local.ts';
import { nothingSeen } from '../hosts/local/seen.ts';
import { COLLECTORS } from '../subsystems/collectors.gen.ts';
import { type NodeProfile, readNodeFile } from './node-file.ts';
import { machineIdOf } from './machine-id.ts';
import { type Kept, keepSample, reachable, readSample, samplePath } from './sample-file.ts';
import { steadyMs } from '../hosts/steady-ms.ts';

/** However slow the machine, its report is there after this long, with what did not come said to be unknown. */
export const REPORT_DEADLINE_MS = 10_000;

/** This machine's report, with rates since the last one. `only` names the sections that are wanted; `checks` are made in place of those of its own file. */
export async function localReport(only: readonly string[] | null = null, checks: readonly Endpoint[] | null = null): Promise<Report> {
  const path = reachable(samplePath());
  const earlier = readSample(path);
  const seen = { ...nothingSeen(), ...earlier?.seen };
  const { report, kept } = await reportOf(
    localHost(REPORT_DEADLINE_MS, seen),
    checks === null ? readNodeFile() : checking(checks),
    earlier,
    only,
  );
  // A report of some sections has not counted the others: keeping it would cost them their sample.
  if (only === null && kept !== null) keepSample(path, { ...kept, seen }, earlier);
  return report;
}

function checking(endpoints: readonly Endpoint[]): NodeProfile {
  return { profile: { ...PROFILES.default, checks: { endpoints } }, problems: [] };
}

/** The report of any host that can be asked. */
export async function reportOf(
  host: Host,
  node: NodeProfile,
  earlier: Kept | null,
  only: readonly string[] | null,
): Promise<{ report: Report; kept: Kept | null }> {
  const begun_ms = steadyMs();
  const timed = withDeadline(host, REPORT_DEADLINE_MS);
  const clock = timed.ask('clock', {});
  const named = timed.ask('read', { path: '/proc/sys/kernel/hostname' });
  const identified = machineIdOf(timed, earlier?.machine);
  const collected = await collectAll(wanted(only), timed, node.profile, earlier);
  const [at, hostname, machine] = await Promise.all([clock, named, identified]);
  const unread = notRead(only);
  const report: Report = {
    schema_version: SCHEMA_VERSION,
    timestamp: new Date(at instanceof Unknown ? Date.now() : at.unix_ms).toISOString(),
    hostname: hostname instanceof Unknown ? null : hostname.trim(),
    public_ip: null,
    wireguard_ip: meshAddress(collected.sections),
    machine_id: machine?.hash ?? null,
    version: VERSION,
    profile: node.profile.name,
    expected: [...node.profile.expect],
    collect_ms: Math.round(steadyMs() - begun_ms),
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
  return { report, kept: collected.sample === null ? null : { ...collected.sample, ...(machine === null ? {} : { machine }) } };
}

/** Sections that the original report has: each is always there, also where nobody reads it yet. */
const DOCUMENTED = [
  'system',
  'services',
  'rqlite',
  'olric',
  'ipfs',
  'gateway',
  'wireguard',
  'dns',
  'anyone',
  'network',
  'processes',
  'namespaces',
];

function notRead(only: readonly string[] | null): string[] {
  return DOCUMENTED.filter((name) => !(name in COLLECTORS) && (only === null || only.includes(name)));
}

function wanted(only: readonly string[] | null): Record<string, Collector> {
  return Object.fromEntries(Object.entries(COLLECTORS).filter(([name]) => only === null || only.includes(name)));
}

/** A copy of the section's own field, as the original report has it. */
function meshAddress({ wireguard }: Record<string, unknown>): string | null {
  const { wg_ip } = (wireguard ?? {}) as { wg_ip?: string | null };
  return wg_ip ?? null;
}
