import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { wayTo } from '../reach.ts';
import { ownStateFolder } from '../ssh/own-places.ts';
import type { Target } from '../ssh/words.ts';

/** Where the counters of a node that keeps none itself are kept here, for the rates of its next report; null where nothing can be kept. */
export function samplePathOf({ node }: Target, env: NodeJS.ProcessEnv = process.env): string | null {
  const folder = ownStateFolder(env);
  return folder === null ? null : join(folder, 'samples', `${createHash('sha256').update(wayTo(node)).digest('hex').slice(0, 16)}.json`);
}
