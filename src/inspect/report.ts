import type { Snapshot } from '../core/snapshot.ts';
import type { Result } from './result.ts';

/** One inspection, whole: what every form of it is written from. */
export interface Inspected {
  snapshot: Snapshot;
  results: readonly Result[];
  /** Names of the nodes that were asked for. */
  shown: ReadonlySet<string>;
}
