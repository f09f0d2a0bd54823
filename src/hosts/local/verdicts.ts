/** What the TLS library said of one chain of certificates. */
export interface Verdict {
  /** Its word; empty if it trusts the chain. */
  distrust: string;
  /** Unix seconds. */
  at_s: number;
}

/** Verdicts by the digest of what they are about: a chain, and the machine's list of authorities. */
export type Verdicts = Record<string, Verdict>;

/** A verdict is asked for anew after this long, for there is more to trust than what the digest covers. */
const HOLDS_S = 3_600;

/** Whether a verdict still holds for a certificate with these dates (all of them in Unix seconds). */
export function holds({ at_s }: Verdict, dates_s: readonly number[], now_s: number): boolean {
  return now_s >= at_s && now_s - at_s <= HOLDS_S && !dates_s.some((date_s) => at_s < date_s && date_s <= now_s);
}

/** Takes away those that have ceased to hold, so that they do not pile up. */
export function forgetOld(verdicts: Verdicts, now_s: number): void {
  for (const [digest, verdict] of Object.entries(verdicts)) if (!holds(verdict, [], now_s)) delete verdicts[digest];
}
