import type { Finding } from '../../core/rule.ts';
import { listed } from '../../core/units.ts';
import { again } from './again.ts';
import type { Wants } from './wants.ts';

/** From so many on one line stands for all of them. */
const MANY = 3;
/** So many of them are named where one line has room. */
const NAMED = 2;

/**
 * The findings with those of mere information that one rule has of one node in one, where the first of them stood:
 * `no memory limit: shop-web, shop-db and 4 more`. With --all each keeps its line.
 */
export function folded(findings: readonly Finding[], wants: Wants): readonly Finding[] {
  if (wants.all) return findings;
  const groups = Map.groupBy(findings.filter(isMinor), groupOf);
  return findings.flatMap((finding) => {
    const group = isMinor(finding) ? (groups.get(groupOf(finding)) ?? []) : [];
    if (group.length < MANY) return finding;
    return group[0] === finding ? together(finding, group, wants) : [];
  });
}

function isMinor({ severity, state }: Finding): boolean {
  return severity === 'info' && state === 'firing';
}

function groupOf({ rule, node }: Finding): string {
  return `${node}\0${rule}`;
}

function together(first: Finding, group: readonly Finding[], wants: Wants): Finding {
  const subjects = group.map(({ subject }) => subject);
  const what = first.rule.slice(first.rule.indexOf('/') + 1).replaceAll('-', ' ');
  const named = listed([...subjects.slice(0, NAMED), `${subjects.length - NAMED} more`]);
  const command = again(wants, 'alerts', ['--node', first.node, '--all']);
  return {
    ...first,
    ...{ subject: '', message: `${what}: ${named}`, log: [] },
    evidence: { asked: '', answered: subjects.join(', '), limit: first.evidence.limit },
    next: { on: 'here', command },
  };
}
