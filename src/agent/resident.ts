import type { Report } from '../core/report.ts';
import { YOUNGEST_S } from '../core/samples.ts';
import { localHost } from '../hosts/local.ts';
import { nothingSeen } from '../hosts/local/seen.ts';
import { steadyMs } from '../hosts/steady-ms.ts';
import { readNodeFile } from './node-file.ts';
import { REPORT_DEADLINE_MS, reportOf } from './report.ts';
import { type Kept, reachable, readSample, samplePath } from './sample-file.ts';

/**
 * Gives one report after the other from a process that stays: what one leaves to the next is kept here and in no file. Nothing that is kept grows with
 * their number. To be called again only when the last one came.
 */
export function residentReports(): () => Promise<Report> {
  const samples = keptSamples(readSample(reachable(samplePath())));
  const seen = { ...nothingSeen(), ...samples.earlier()?.seen };
  const bus = { held: null };
  return async () => {
    const { report, kept } = await reportOf(localHost(REPORT_DEADLINE_MS, seen, bus), readNodeFile(), samples.earlier(), null);
    samples.keep(kept);
    return report;
  };
}

/** The counters to compare with: never too young to serve, however quickly one report follows the other. */
function keptSamples(first: Kept | null) {
  let old = first;
  let young: { kept: Kept; at_ms: number } | null = null;
  return {
    earlier(): Kept | null {
      if (young !== null && steadyMs() - young.at_ms >= YOUNGEST_S * 1000) [old, young] = [young.kept, null];
      return old;
    },
    keep(kept: Kept | null): void {
      if (kept !== null) young ??= { kept, at_ms: steadyMs() };
    },
  };
}
