import { type Collector, collectAll } from '../core/collect.ts';
import type { Host } from '../core/host.ts';
import { type Report, SCHEMA_VERSION } from '../core/report.ts';
import type { Sample } from '../core/samples.ts';
import { Unknown } from '../core/unknown.ts';
import { VERSION } from '../core/version.gen.ts';
import { withDeadline } from '../hosts/deadline.ts';
import { localHost } from '../hosts/local.ts';
import { mayHang } from '../hosts/local/mounts.ts';
import { COLLECTORS } from '../subsystems/collectors.gen.ts';
import { type NodeProfile, readNodeFile } from './node-file.ts';
import { keepSample, readSample, samplePath } from './sample-file.ts';

/** However slow the machine, its report is there after this long, with what did not come said to be unknown. */
export const REPORT_DEADLINE_MS = 10_000;

/** This machine's report, with rates since the last one. `only` names the sections that are wanted. */
export async function localReport(only: readonly string[] | null = null): Promise<Report> {
  const path = reachable(samplePath());
  const earlier = readSample(path);
  const { report, sample } = await reportOf(localHost(REPORT_DEADLINE_MS), readNodeFile(), earlier, only);
  // A report of some sections has not counted the others: keeping it would cost them their sample.
  if (only === null) keepSample(path, sample, earlier);
  return report;
}

/** Not where a person's own folder lies on a file system that may never answer: the report must not wait for it. */
function reachable(path: string | null): string | null {
  return path !== null && mayHang(path) ? null : path;
}

/** The report of any host that can be asked. */
export async function reportOf(host: Host, node: NodeProfile, earlier: Sample | null, only: readonly string[] | null): Promise<{ report: Report; sample: Sample | null }> {
  const begun_ms = performance.now();
  const timed = withDeadline(host, REPORT_DEADLINE_MS);
  const clock = timed.ask('clock', {});
  const named = timed.ask('read', { path: '/proc/sys/kernel/hostname' });
  const collected = await collectAll(wanted(only), timed, node.profile, earlier);
  const [at, hostname] = await Promise.all([clock, named]);
  const report: Report = {
    schema_version: SCHEMA_VERSION,
    timestamp: new Date(at instanceof Unknown ? Date.now() : at.unix_ms).toISOString(),
    hostname: hostname instanceof Unknown ? null : hostname.trim(),
    public_ip: null,
    wireguard_ip: meshAddress(collected.sections),
    version: VERSION,
    profile: node.profile.name,
    expected: [...node.profile.expect],
    collect_ms: Math.round(performance.now() - begun_ms),
    errors: [...node.problems, ...collected.errors],
    states: collected.states,
    unknown: [...node.problems.map((reason) => ({ path: 'profile', kind: 'unparsed' as const, reason })), ...collected.unknown],
    ...collected.sections,
  };
  return { report, sample: collected.sample };
}

function wanted(only: readonly string[] | null): Record<string, Collector> {
  return Object.fromEntries(Object.entries(COLLECTORS).filter(([name]) => only === null || only.includes(name)));
}

/** A copy of the section's own field, as the original report has it. */
function meshAddress({ wireguard }: Record<string, unknown>): string | null {
  const { wg_ip } = (wireguard ?? {}) as { wg_ip?: string | null };
  return wg_ip ?? null;
}

