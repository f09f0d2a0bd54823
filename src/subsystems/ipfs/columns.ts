import type { NodeSection } from '../../core/rule.ts';
import type { Columns } from '../../core/subsystem.ts';
import { many, percent, size } from '../../core/units.ts';
import { ABSENT, type Block, type Cell, type Column, shown, type Table } from '../../core/view.ts';
import type { Ipfs } from './section.ts';

/** How Kubo and IPFS Cluster show. */
export const columns: Columns<Ipfs> = {
  summary: ({ section }) => summary(section),
  page: ({ section }) => page(section),
  fleet: (fleet) => (fleet.length === 0 ? [] : [table(fleet)]),
};

/** `2 swarm peers, 3 Cluster peers, repository 12% full`. */
function summary(section: Ipfs): Cell {
  const down = [
    ...(section.daemon_responsive === false ? ['Kubo does not answer'] : []),
    ...(section.cluster_responsive === false && section.cluster_unit !== null ? ['IPFS Cluster does not answer'] : []),
  ];
  const told = figures(section);
  const errors = section.cluster_errors ?? 0;
  if (down.length > 0) return { text: [...down, ...told].join(', '), role: 'crit' };
  if (told.length === 0) return { text: 'not read', role: 'muted' };
  return errors > 0 ? { text: `trouble with ${many(errors, 'Cluster peer')}, ${told.join(', ')}`, role: 'warn' } : told.join(', ');
}

function figures({ swarm_peers: swarm, cluster_peer_count: cluster, repo_use_pct: use }: Ipfs): string[] {
  return [
    ...(swarm === null ? [] : [many(swarm, 'swarm peer')]),
    ...(cluster === null ? [] : [many(cluster, 'Cluster peer')]),
    ...(use === null ? [] : [`repository ${percent(use, true)} full`]),
  ];
}

function page(section: Ipfs): Block[] {
  const { repo_size_bytes: used, repo_max_bytes: max, cluster_peers: peers } = section;
  return [
    {
      kind: 'fact',
      label: 'Kubo',
      value: `version ${section.kubo_version ?? '?'}, ${section.swarm_peers === null ? '? peers' : many(section.swarm_peers, 'peer')}, ${keyOf(section)}`,
    },
    { kind: 'fact', label: 'Repository', value: `${used === null ? '?' : size(used)} of ${max === null ? '?' : size(max)}` },
    ...(section.cluster_unit === null && section.cluster_version === null
      ? []
      : [
          {
            kind: 'fact' as const,
            label: 'Cluster',
            value: `version ${section.cluster_version ?? '?'}, ${peers === null ? '?' : many(peers.length, 'peer')}`,
          },
        ]),
  ];
}

function keyOf({ has_swarm_key: key }: Ipfs): string {
  if (key === null) return 'swarm key not read';
  return key ? 'private by a swarm key' : 'no swarm key';
}

const COLUMNS: readonly Column[] = [
  { title: 'IPFS', min: 8, max: 24, priority: 1 },
  { title: 'KUBO', min: 11, priority: 1 },
  { title: 'CLUSTER', min: 11, priority: 1 },
  { title: 'SWARM', min: 5, align: 'right', priority: 2 },
  { title: 'PEERS', min: 5, align: 'right', priority: 2 },
  { title: 'TROUBLE', min: 7, align: 'right', priority: 3 },
  { title: 'REPO', min: 5, align: 'right', priority: 3 },
  { title: 'SIZE', min: 5, align: 'right', priority: 5 },
  { title: 'KEY', min: 4, priority: 4 },
  { title: 'VERSIONS', min: 12, priority: 7 },
];

function table(fleet: readonly NodeSection<Ipfs>[]): Table {
  const rows = fleet.map(({ node, section }) => ({
    cells: [
      node.name,
      answerCell(section.daemon_responsive, section.unit),
      answerCell(section.cluster_responsive, section.cluster_unit),
      shown(section.swarm_peers, (peers) => (peers === 0 ? { text: '0', role: 'warn' } : String(peers))),
      shown(section.cluster_peer_count, String),
      shown(section.cluster_errors, (errors) => (errors === 0 ? '0' : { text: String(errors), role: 'warn' })),
      shown(section.repo_use_pct, (use) => percent(use, true)),
      shown(section.repo_size_bytes, size),
      shown(section.has_swarm_key, (key) => (key ? 'yes' : { text: 'no', role: node.profile === 'orama' ? 'hot-crit' : 'plain' })),
      `${section.kubo_version ?? '?'}, ${section.cluster_version ?? '?'}`,
    ],
  }));
  return { kind: 'table', columns: COLUMNS, count: String(rows.length), rows, note: '' };
}

function answerCell(responsive: boolean | null, unit: string | null): Cell {
  if (responsive === null) return { text: '? unknown', role: 'muted' };
  if (responsive) return { text: '✓ answers', role: 'ok' };
  return unit === null ? ABSENT : { text: '✗ no answer', role: 'crit' };
}
