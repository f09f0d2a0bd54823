import { type Holders, noHolders } from './owners.ts';
import type { Verdicts } from './verdicts.ts';

/** What one look at this machine leaves to the next, because to find it out again would cost more than the rest. */
export interface Seen {
  holders: Holders;
  verdicts: Verdicts;
}

/** Where nothing was seen yet. */
export const nothingSeen = (): Seen => ({ holders: noHolders(), verdicts: {} });
