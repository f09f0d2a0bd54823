import type { NodeSection } from '../../core/rule.ts';
import type { Olric } from './section.ts';

/** A node of the fleet whose Olric answers and tells its members. */
export interface Member {
  /** The node's name in the fleet. */
  node: string;
  /** Its own name in the cluster. */
  name: string;
  members: readonly string[];
  coordinator: string | null;
}

/** Those of the fleet that should be one cluster: all of profile orama together, others only with whom they know or are known by. */
export function clustersOf(fleet: readonly NodeSection<Olric>[]): Member[][] {
  const groups: { known: Set<string>; members: Member[] }[] = [];
  for (const at of fleet) {
    const { member, members, coordinator } = at.section;
    if (member === null || members === null) continue;
    const known = new Set([...members, member, ...(at.node.profile === 'orama' ? ['profile orama'] : [])]);
    const near = isAlone(at) ? [] : groups.filter((group) => [...known].some((name) => group.known.has(name)));
    for (const group of near) groups.splice(groups.indexOf(group), 1);
    const own = { node: at.node.name, name: member, members, coordinator };
    groups.push({
      known: new Set([...known, ...near.flatMap((group) => [...group.known])]),
      members: [...near.flatMap((group) => group.members), own],
    });
  }
  return groups.map(({ members }) => members);
}

/** Machines that each run one alone call it by the same address of themselves. */
function isAlone({ node, section }: NodeSection<Olric>): boolean {
  return node.profile !== 'orama' && section.member_count === 1;
}
