import { onNode } from '../../core/command.ts';
import { explainedByUnit } from '../../core/explained-by-unit.ts';
import { mildWhileJoining } from '../../core/joining.ts';
import { type Context, type Found, type Next, type Rule, rule } from '../../core/rule.ts';
import { listed, many, percent, sizeInWords } from '../../core/units.ts';
import { whyUnknown } from '../../core/why-unknown.ts';
import { fleetRules } from './fleet-rules.ts';
import type { Ipfs } from './section.ts';

const daemonDown = rule<Ipfs>()({
  name: 'daemon-down',
  severity: 'critical',
  about: 'Kubo is installed but does not answer on its API.',
  source: 'Orama, later in 2026',
  levels: {},
  needs: ['daemon_responsive'],
  find: (section, _levels, context) =>
    // Where only the Cluster is installed, its Kubo is on another machine.
    section.daemon_responsive || (section.unit === null && section.ipfs_error === '')
      ? []
      : [
          {
            ...mildWhileJoining(context.node),
            subject: 'kubo',
            message: `Kubo does not answer: ${whyUnknown(context.node, 'ipfs.kubo_version')}`,
            evidence: {
              asked: 'POST /api/v0/version',
              answered: whyUnknown(context.node, 'ipfs.kubo_version'),
              limit: 'an answer within 3 s',
            },
            next: logOf(section.unit, 'Kubo'),
            ...explainedByUnit(context.node, section.unit),
          },
        ],
});

const clusterDown = rule<Ipfs>()({
  name: 'cluster-down',
  severity: 'critical',
  about: 'IPFS Cluster is installed but does not answer on its API.',
  source: 'Orama, later in 2026',
  levels: {},
  needs: ['cluster_unit', 'cluster_responsive'],
  find: (section, _levels, context) =>
    section.cluster_responsive
      ? []
      : [
          {
            ...mildWhileJoining(context.node),
            subject: 'ipfs-cluster',
            message: `IPFS Cluster does not answer: ${whyUnknown(context.node, 'ipfs.cluster_version')}`,
            evidence: { asked: 'GET /id', answered: whyUnknown(context.node, 'ipfs.cluster_version'), limit: 'an answer within 3 s' },
            next: logOf(section.cluster_unit, 'IPFS Cluster'),
            ...waitsForKubo(section),
            ...explainedByUnit(context.node, section.cluster_unit),
          },
        ],
});

/** A Cluster answers nothing while it waits for a Kubo that hangs. */
function waitsForKubo({ daemon_responsive }: Ipfs): Pick<Found, 'follows'> {
  return daemon_responsive === false ? { follows: { rule: 'ipfs/daemon-down', subject: 'kubo' } } : {};
}

const noPeers = rule<Ipfs>()({
  name: 'no-swarm-peers',
  severity: 'warning',
  about: 'Kubo is connected to no other node of its swarm, so it finds nothing that it does not hold itself.',
  source: 'Orama, later in 2026',
  levels: {},
  orama: { severity: 'critical' },
  needs: ['swarm_peers'],
  find: ({ swarm_peers: peers, unit }, _levels, context) =>
    peers > 0 || isAlone(context)
      ? []
      : [
          {
            ...mildWhileJoining(context.node),
            subject: 'swarm',
            message: 'Kubo is connected to no other node of its swarm',
            evidence: { asked: 'POST /api/v0/swarm/peers', answered: '0 peers', limit: 'at least 1' },
            next: logOf(unit, 'Kubo'),
          },
        ],
});

/** The only node of a private swarm has nobody to be connected to. */
function isAlone({ node, snapshot }: Context): boolean {
  return node.profile === 'orama' && snapshot.nodes.filter(({ report }) => (report?.ipfs ?? null) !== null).length < 2;
}

const swarmKey = rule<Ipfs>()({
  name: 'swarm-key-missing',
  severity: 'critical',
  about: 'The key of the private swarm is gone: with its next start Kubo joins the public network, or none.',
  source: 'Orama, later in 2026; in profile orama only',
  levels: {},
  needs: ['has_swarm_key'],
  find: ({ has_swarm_key: has, unit }, _levels, { node }) =>
    has || node.profile !== 'orama' || unit === null
      ? []
      : [
          {
            subject: 'swarm.key',
            message: 'the key of the private swarm is missing: with its next start Kubo joins the public network or none',
            evidence: { asked: "swarm.key in Kubo's repository", answered: 'no such file', limit: 'a key' },
            next: onNode`systemctl status ${unit}`,
          },
        ],
});

const bootstrap = rule<Ipfs>()({
  name: 'bootstrap-not-empty',
  severity: 'warning',
  about: 'Kubo of a private swarm has bootstrap peers configured, by default those of the public network.',
  source: 'Orama, later in 2026; in profile orama only',
  levels: {},
  needs: ['bootstrap_empty'],
  find: ({ bootstrap_empty: empty }, _levels, { node }) =>
    empty || node.profile !== 'orama'
      ? []
      : [
          {
            subject: 'bootstrap',
            message: 'Kubo has bootstrap peers configured, though its swarm is private',
            evidence: { asked: 'POST /api/v0/bootstrap/list', answered: 'not empty', limit: 'none' },
            next: { say: 'Look which they are, and remove those of the public network.' },
          },
        ],
});

const repo = rule<Ipfs>()({
  name: 'repo-full',
  severity: 'warning',
  about: "Kubo's repository nears its limit, from which on it collects garbage or refuses to add.",
  source: 'Orama, later in 2026',
  levels: { warning_pct: 90, critical_pct: 95 },
  needs: ['repo_use_pct'],
  find: ({ repo_use_pct: use, repo_size_bytes: size, repo_max_bytes: max }, { warning_pct, critical_pct }) => {
    if (use <= warning_pct) return [];
    const limit = use > critical_pct ? critical_pct : warning_pct;
    const left = Math.max(0, (max ?? 0) - (size ?? 0));
    return [
      {
        subject: 'repo',
        ...(use > critical_pct ? { severity: 'critical' as const } : {}),
        message: `Kubo's repository is ${percent(use)} full: ${sizeInWords(left)} of ${sizeInWords(max ?? 0)} left`,
        evidence: { asked: 'POST /api/v0/repo/stat', answered: `${percent(use)} used`, limit: `${limit}%` },
        next: { say: 'Find out what is pinned that nobody needs, or raise its limit.' },
      },
    ];
  },
});

const clusterErrors = rule<Ipfs>()({
  name: 'cluster-errors',
  severity: 'warning',
  about: 'IPFS Cluster cannot ask some of its peers, or their Kubo is gone.',
  source: 'Orama, later in 2026',
  levels: { most: 0 },
  needs: ['cluster_peers'],
  find: (section, { most }, context) => {
    const bad = section.cluster_peers.filter(({ error, ipfs_error }) => error !== '' || ipfs_error !== '');
    const [first] = bad;
    if (first === undefined || bad.length <= most) return [];
    const names = bad.map(({ id, name }) => (name === '' ? `…${id.slice(-8)}` : name));
    return [
      {
        ...mildWhileJoining(context.node),
        subject: 'ipfs-cluster',
        message: `IPFS Cluster has trouble with ${many(bad.length, 'peer')}: ${listed(names.slice(0, 4))}`,
        evidence: { asked: 'GET /peers', answered: `${names[0]}: ${first.error || first.ipfs_error}`, limit: `${most} peers` },
        next: logOf(section.cluster_unit, 'IPFS Cluster'),
        ...explainedElsewhere(context),
      },
    ];
  },
});

/** The node whose Kubo or Cluster does not answer is the one that the Cluster has trouble with. */
function explainedElsewhere({ snapshot }: Context): Pick<Found, 'follows'> {
  for (const { name, report } of snapshot.nodes) {
    const section = report?.ipfs as Ipfs | null | undefined;
    if (section?.cluster_responsive === false) return { follows: { rule: 'ipfs/cluster-down', subject: 'ipfs-cluster', node: name } };
    if (section?.daemon_responsive === false) return { follows: { rule: 'ipfs/daemon-down', subject: 'kubo', node: name } };
  }
  return {};
}

function logOf(unit: string | null, title: string): Next {
  return unit === null ? { say: `Read the log of ${title}.` } : onNode`journalctl -u ${unit} -n 50`;
}

/** What may be wrong with Kubo and IPFS Cluster, on one node and across them. */
export const rules: readonly Rule[] = [daemonDown, clusterDown, noPeers, swarmKey, bootstrap, repo, clusterErrors, ...fleetRules];
