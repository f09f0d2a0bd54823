import { CLUSTER, fleetRule, type Rule } from './rule.ts';
import { listed } from './units.ts';

/** What a rule across the fleet on one program is told by. */
export interface NotActive<T> {
  name: string;
  /** `CoreDNS`, as people call it. */
  title: string;
  /** Whether it does not run here; null where that is not known or nobody expects it. */
  isDown(section: T): boolean | null;
  /** The finding on the node itself, which tells more. */
  follows: { rule: string; subject: string };
}

/** A rule for the inspector: a program that should run on every node of its kind rests on some. It follows from what is said of the node. */
export function notActiveRule<T>({ name, title, isDown, follows }: NotActive<T>): Rule {
  return fleetRule<T>()({
    name,
    severity: 'critical',
    about: `${title} does not run on every node that has it.`,
    source: "Orama's inspector",
    levels: {},
    compare: (fleet) => {
      const down = fleet.filter(({ section }) => isDown(section) === true).map(({ node }) => node.name);
      const [first] = down;
      if (first === undefined) return [];
      return [
        {
          node: CLUSTER,
          subject: title,
          message: `${title} does not run on ${listed(down)}, ${down.length} of the ${fleet.length} nodes that have it`,
          evidence: { asked: 'the report of each node', answered: `down on ${listed(down)}`, limit: 'up on all of them' },
          follows: { ...follows, node: first },
        },
      ];
    },
  });
}
