import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ownStateFolder } from '../ssh/own-places.ts';
import type { Target } from '../ssh/words.ts';

/** Where the counters of a node that keeps none itself are kept here, for the rates of its next report; null where nothing can be kept. */
export function samplePathOf({ node, jump }: Target, env: NodeJS.ProcessEnv = process.env): string | null {
  const folder = ownStateFolder(env);
  const way = [node.host, node.port, node.user, jump].join('\0');
  return folder === null ? null : join(folder, 'samples', `${createHash('sha256').update(way).digest('hex').slice(0, 16)}.json`);
}
