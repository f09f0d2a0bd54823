import type { NodeSnapshot, Snapshot } from '../../core/snapshot.ts';

/** What stands in for a name. */
export type Kind = 'node' | 'name' | 'key';

/** Names of fields in a report that say who or whose something is, by what stands in for their values. */
const FIELDS: Readonly<Record<string, Kind>> = {
  ...{ hostname: 'name', machine_id: 'key', public_key: 'key', fingerprint: 'key', nickname: 'name', node_id: 'name', leader_id: 'name' },
  ...{ project: 'name', service: 'name', image: 'name', member: 'name', coordinator: 'name', peer_id: 'key' },
};
/** Lists whose items have a name of somebody's own choice. */
const NAMED_ITEMS: ReadonlySet<string> = new Set(['containers', 'namespaces', 'domains', 'certificates', 'checks', 'logs']);
/** The beginning of a key by which sentences name it. */
const SHORT_KEYS = [8, 12];
const LEAST = 2;

/** A name as it is written, and what stands in for it. */
export interface KnownName {
  text: string;
  kind: Kind;
}

/** By the name in small letters: every name by which the fleet's own machines, containers, namespaces and keys may be known, and what kind it is. */
export function knownNames({ environment, nodes }: Snapshot): Map<string, KnownName> {
  const names = new Map<string, KnownName>();
  const add = (text: unknown, kind: Kind) => {
    if (typeof text === 'string' && text.length >= LEAST && !names.has(text.toLowerCase())) names.set(text.toLowerCase(), { text, kind });
  };
  for (const { name } of nodes) add(name, 'node');
  for (const node of nodes) addOf(node, add);
  add(environment, 'name');
  return names;
}

function addOf({ host, address, tags, groups, report }: NodeSnapshot, add: (name: unknown, kind: Kind) => void): void {
  for (const each of [host, address, ...tags, ...groups]) add(each, 'name');
  walk(report, '', (field, value, list) => {
    const kind = FIELDS[field] ?? (field === 'name' && NAMED_ITEMS.has(list) ? 'name' : undefined);
    if (kind === undefined) return;
    add(value, kind);
    if (kind === 'key') for (const length of SHORT_KEYS) add(value.slice(0, length), 'key');
  });
}

/** Every text of a report with its field and the list that it stands in. Reports are at most 32 levels deep. */
function walk(value: unknown, list: string, tell: (field: string, text: string, list: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [field, inner] of Object.entries(value)) {
    if (typeof inner === 'string') tell(field, inner, list);
    else walk(inner, Array.isArray(inner) ? field : list, tell);
  }
}
