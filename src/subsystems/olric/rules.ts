import { onNode } from '../../core/command.ts';
import { doesNotAnswer } from '../../core/does-not-answer.ts';
import { mildWhileJoining } from '../../core/joining.ts';
import { CLUSTER, type Context, type Found, fleetRule, type Next, type Rule, rule } from '../../core/rule.ts';
import { count, listed, many } from '../../core/units.ts';
import { clustersOf, type Member } from './members.ts';
import type { Olric } from './section.ts';

const down = rule<Olric>()({
  name: 'unresponsive',
  severity: 'critical',
  about: 'Olric is installed but does not answer on its own protocol.',
  source: 'Orama, later in 2026',
  levels: {},
  needs: ['responsive'],
  find: (section, _levels, context) =>
    section.responsive
      ? []
      : [
          doesNotAnswer(context, {
            subject: 'olric',
            called: 'Olric',
            asked: 'STATS and CLUSTER.MEMBERS',
            path: 'olric.members',
            unit: section.unit,
            next: logOf(section),
          }),
        ],
});

const memberlist = rule<Olric>()({
  name: 'memberlist-down',
  severity: 'critical',
  about: 'Olric answers, but nothing listens where its members find each other.',
  source: 'Orama, later in 2026',
  levels: {},
  needs: ['responsive', 'memberlist_up'],
  find: (section, _levels, context) =>
    section.memberlist_up || !section.responsive
      ? []
      : [
          {
            ...mildWhileJoining(context.node),
            subject: 'olric',
            message: 'Olric answers, but nothing listens on the port of its memberlist, so no other member can reach it',
            evidence: { asked: '/proc/net/tcp', answered: 'no socket on the port', limit: 'one that listens' },
            next: onNode`ss -Hltn`,
          },
        ],
});

const log = rule<Olric>()({
  name: 'log',
  severity: 'warning',
  about: 'In the last hour its log tells of members that were suspected, came and left too often, or of many errors.',
  source: 'Orama, later in 2026: any suspicion, 5 comings and goings, 20 errors',
  levels: { suspects: 0, flapping: 5, errors: 20 },
  needs: [],
  find: (section, levels, context) => {
    const { log_suspects_1h: suspects, log_flapping_1h: flapping, log_errors_1h: errors } = section;
    // A start alone names every other member once.
    const mayCome = Math.max(levels.flapping, 2 * (section.member_count ?? 0));
    return [
      ...noted(
        section,
        'suspects',
        [suspects, levels.suspects],
        (lines) => `Olric suspects members to be gone in ${lines} of the last hour's log`,
      ).map((each) => ({ ...each, ...withSilent(context) })),
      ...noted(
        section,
        'flapping',
        [flapping, mayCome],
        (lines) => `Olric saw members come or leave in ${lines} of the last hour's log (limit ${mayCome})`,
      ),
      ...noted(
        section,
        'errors',
        [errors, levels.errors],
        (lines) => `Olric told of errors in ${lines} of the last hour's log (limit ${levels.errors})`,
      ),
    ];
  },
});

/** A member that does not answer now is the one that is suspected. */
function withSilent({ snapshot }: Context): Pick<Found, 'follows'> {
  const silent = snapshot.nodes.find(({ report }) => (report?.olric as Olric | null | undefined)?.responsive === false);
  return silent === undefined ? {} : { follows: { rule: 'olric/unresponsive', subject: 'olric', node: silent.name } };
}

function noted(section: Olric, subject: string, [found, limit]: readonly [number | null, number], say: (lines: string) => string): Found[] {
  if (found === null || found <= limit) return [];
  return [
    {
      subject,
      message: say(many(found, 'line')),
      evidence: {
        asked: `the newest 200 lines of ${section.unit ?? 'its log'} in an hour`,
        answered: many(found, 'line'),
        limit: String(limit),
      },
      next: logOf(section),
    },
  ];
}

const memory = rule<Olric>()({
  name: 'memory',
  severity: 'warning',
  about: 'Olric holds more memory than a cache of this cluster should.',
  source: 'Orama, later in 2026',
  levels: { mb: 500 },
  needs: ['process_mem_mb'],
  find: (section, { mb }) =>
    section.process_mem_mb <= mb
      ? []
      : [
          {
            subject: 'olric',
            message: `Olric holds ${count(section.process_mem_mb)} MiB of memory (limit ${mb} MiB)`,
            evidence: { asked: `systemd, unit ${section.unit ?? '?'}`, answered: `${section.process_mem_mb} MiB`, limit: `${mb} MiB` },
            next: onNode`systemctl status ${section.unit ?? 'olric'}`,
          },
        ],
});

const split = fleetRule<Olric>()({
  name: 'split',
  severity: 'critical',
  about: 'Members of one cluster name different coordinators: it fell apart, and each part answers with its own data.',
  source: 'our own',
  levels: {},
  compare: (fleet) =>
    clustersOf(fleet).flatMap((members) => {
      const parts = partsOf(members);
      if (parts.size < 2) return [];
      const told = listed([...parts].map(([coordinator, part]) => `${listed(part.map(({ node }) => node))} under ${coordinator}`));
      return [
        {
          node: CLUSTER,
          subject: 'olric',
          message: `Olric is in ${parts.size} parts, each with its own data: ${told}`,
          evidence: { asked: 'CLUSTER.MEMBERS of each node', answered: told, limit: 'one coordinator' },
          next: { say: 'Find out whether the parts reach each other on the port of the memberlist.' },
        },
      ];
    }),
});

function partsOf(members: readonly Member[]): Map<string, Member[]> {
  const told = members.filter(({ coordinator }) => coordinator !== null).sort((a, b) => (a.node < b.node ? -1 : 1));
  return Map.groupBy(told, ({ coordinator }) => coordinator ?? '');
}

const missing = fleetRule<Olric>()({
  name: 'member-missing',
  severity: 'warning',
  about: 'A node whose Olric answers is not among the members that another one knows.',
  source: 'Orama, later in 2026: as many members as active nodes',
  levels: {},
  compare: (fleet, _levels, snapshot) =>
    clustersOf(fleet).flatMap((members) => {
      const fallen = partsOf(members).size > 1;
      return members.flatMap((lost) => {
        const without = members.filter((each) => each !== lost && !each.members.includes(lost.name)).map(({ node }) => node);
        if (without.length === 0) return [];
        return [
          {
            node: lost.node,
            subject: 'olric',
            ...mildWhileJoining(snapshot.nodes.find(({ name }) => name === lost.node)),
            message: `Olric of ${lost.node} answers, but ${listed(without)} ${without.length === 1 ? 'does' : 'do'} not know it as a member`,
            evidence: {
              asked: 'CLUSTER.MEMBERS of each node',
              answered: `${lost.name} is not among the members of ${listed(without)}`,
              limit: 'every node that answers',
            },
            next: onNode`ss -Htn state established`,
            ...(fallen ? { follows: { rule: 'olric/split', subject: 'olric', node: CLUSTER } } : {}),
          },
        ];
      });
    }),
});

const versionDiffers = fleetRule<Olric>()({
  name: 'version-differs',
  severity: 'warning',
  about: 'Members of one cluster run different versions of Olric.',
  source: 'our own',
  levels: {},
  compare: (fleet) => {
    const versions = Map.groupBy(
      fleet.filter(({ section }) => section.version !== null),
      ({ section }) => section.version ?? '',
    );
    if (versions.size < 2) return [];
    const told = listed(
      [...versions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([version, at]) => `${version} on ${listed(at.map(({ node }) => node.name))}`),
    );
    return [
      {
        node: CLUSTER,
        subject: 'olric',
        message: `Olric runs in ${versions.size} versions: ${told}`,
        evidence: { asked: 'STATS of each node', answered: told, limit: 'one version' },
        next: { say: 'If no upgrade is under way, bring the nodes to one version.' },
      },
    ];
  },
});

function logOf({ unit }: Olric): Next {
  return unit === null ? { say: 'Read the log of its Olric.' } : onNode`journalctl -u ${unit} -n 50`;
}

/** What may be wrong with Olric, on one node and between members. */
export const rules: readonly Rule[] = [down, memberlist, log, memory, split, missing, versionDiffers];
