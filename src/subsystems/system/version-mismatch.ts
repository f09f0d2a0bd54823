import { here } from '../../core/command.ts';
import { CLUSTER, fleetRule } from '../../core/rule.ts';
import type { NodeSnapshot } from '../../core/snapshot.ts';
import { listed, many } from '../../core/units.ts';
import type { System } from './section.ts';

/** More names than this are told as a count. */
const NAMED = 4;

/** Nodes whose reports were made by different versions of the same program. */
export const versionMismatch = fleetRule<System>()({
  name: 'version-mismatch',
  severity: 'warning',
  about: 'The nodes do not all run the same version of what makes their reports.',
  source: 'Orama',
  levels: {},
  compare: (_fleet, _levels, { nodes }) =>
    (['ward', 'orama'] as const).flatMap((program) => {
      const versions = byVersion(nodes.filter(({ via }) => via !== 'local' && (program === 'orama') === (via === 'orama')));
      if (versions.length < 2) return [];
      const each = versions.map(([version, names]) => `${version} on ${names.length > NAMED ? many(names.length, 'node') : listed(names)}`);
      return [
        {
          node: CLUSTER,
          subject: program === 'ward' ? 'version' : 'orama version',
          message: `${program} has ${versions.length} versions: ${listed(each)}`,
          evidence: { asked: 'the version in each report', answered: each.join('; '), limit: 'one version' },
          next: here`ward monitor report`,
        },
      ];
    }),
});

/** Versions in their own order, each with the names of its nodes in theirs: the same fleet always gives the same sentence. */
function byVersion(nodes: readonly NodeSnapshot[]): [version: string, names: string[]][] {
  const versions = new Map<string, string[]>();
  for (const { name, report } of nodes) {
    const version = report?.version ?? '';
    if (version !== '') versions.set(version, [...(versions.get(version) ?? []), name]);
  }
  return [...versions]
    .map(([version, names]): [string, string[]] => [version, names.sort()])
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
}
