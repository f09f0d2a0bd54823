/** Begins the reason of a value that a node sent and that cannot be. */
export const NOT_PLAUSIBLE = 'the node sent';

/** Such may be below 0. */
const SIGNED = /celsius|days_left|exit_code|exit_status|serial/;
/** Shares that may be above 100, because 100 is one core. */
const OF_ONE_CORE = /^cpu_pct$/;
/** A hundred years: nothing that is measured in seconds lasts longer. */
const LONGEST_S = 3_200_000_000;
/** The end of the year 9999, the last that a certificate can name. */
const LAST_UNIX_S = 253_402_300_799;

/** Why a number under this name cannot be; null if it can. The unit is in the name. */
export function implausible(name: string, value: number): string | null {
  if (value < 0 && !SIGNED.test(name)) return `${NOT_PLAUSIBLE} ${value}, which is below 0`;
  if (value > 100 && name.endsWith('_pct') && !OF_ONE_CORE.test(name)) return `${NOT_PLAUSIBLE} ${value}, which is no percentage`;
  if (value > LONGEST_S && /_sec(?:onds)?$/.test(name)) return `${NOT_PLAUSIBLE} ${value}, which is more than a hundred years`;
  if (value > LAST_UNIX_S && /^(?:time_unix|latest_handshake|not_after|not_before)$/.test(name))
    return `${NOT_PLAUSIBLE} ${value}, which is no time`;
  return null;
}
