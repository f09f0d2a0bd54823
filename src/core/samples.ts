/** What was counted at an earlier look, so that rates need no waiting. Values by the name of the change. */
export interface Sample {
  boot_id: string;
  uptime_s: number;
  values: Readonly<Record<string, unknown>>;
}

/** Shorter than this a rate is mostly noise, longer it is history. */
export const YOUNGEST_S = 1;
export const OLDEST_S = 600;

/** Seconds since the sample, if it may serve for rates now; else null. */
export function sampleAge(sample: Sample | null, now: { boot_id: string; uptime_s: number }): number | null {
  if (sample === null || sample.boot_id !== now.boot_id) return null;
  const age = now.uptime_s - sample.uptime_s;
  return age >= YOUNGEST_S && age <= OLDEST_S ? age : null;
}
