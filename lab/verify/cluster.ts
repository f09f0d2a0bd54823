import { hasAll, type LabKind } from '../kind.ts';
import type { LabHost } from '../state.ts';
import { cacheOf } from './olric.ts';
import { CONTAINERS } from './containers.ts';
import type { Figure } from './figure.ts';
import { REST } from './rest.ts';
import { DATABASE } from './rqlite.ts';

/** What a cluster's own programs say; nothing on a plain host. */
export function clusterOf(host: LabHost, kind: LabKind): readonly Figure[] {
  if (!hasAll(kind, 'cluster')) return [];
  return [...DATABASE, ...cacheOf(host), ...CONTAINERS, ...(hasAll(kind, 'all') ? REST : [])];
}
