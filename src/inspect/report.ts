import type { Snapshot } from '../core/snapshot.ts';
import type { Result } from './result.ts';

/** One inspection, whole: what every form of it is written from. */
export interface Inspected {
  snapshot: Snapshot;
  results: readonly Result[];
  /** Names of the nodes that were asked for. */
  shown: ReadonlySet<string>;
  /** Empty where no model was asked. */
  ai: readonly AiAnswer[];
}

/** What a model said of one subsystem, as far as it came. */
export interface AiAnswer {
  subsystem: string;
  answer: string;
  /** Why it is not whole; null if it is. */
  error: string | null;
}
