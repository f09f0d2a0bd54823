import type { NodeSection } from '../../core/rule.ts';
import type { Namespace, Namespaces } from './section.ts';

/** What a namespace runs, and where its section says whether it is up. */
export const PROGRAMS = [
  ['gateway', 'gateway_up'],
  ['rqlite', 'rqlite_up'],
  ['Olric', 'olric_up'],
] as const;

/** Names of its programs that are down, and of those of which it is not known. */
export function standingOf(namespace: Namespace): { down: string[]; unknown: string[] } {
  const those = (wanted: boolean | null) => PROGRAMS.flatMap(([name, field]) => (namespace[field] === wanted ? [name] : []));
  return { down: those(false), unknown: those(null) };
}

/** One namespace on the nodes that have it, by name. */
export function byName(fleet: readonly NodeSection<Namespaces>[]): Map<string, { node: string; namespace: Namespace }[]> {
  const all = fleet.flatMap(({ node, section }) => section.map((namespace) => ({ node: node.name, namespace })));
  return new Map([...Map.groupBy(all, ({ namespace }) => namespace.name)].sort(([a], [b]) => (a < b ? -1 : 1)));
}
