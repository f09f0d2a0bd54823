import type { NodeSection } from '../../core/rule.ts';
import type { Columns } from '../../core/subsystem.ts';
import { age, listed } from '../../core/units.ts';
import { type Block, type Cell, type Column, shown, type Table } from '../../core/view.ts';
import { isWell } from './claim.ts';
import type { Gateway } from './section.ts';

/** How the gateway shows: whether it answers, and what it claims. */
export const columns: Columns<Gateway> = {
  summary: ({ section }) => summary(section),
  page: ({ section }) => page(section),
  fleet: (fleet) => (fleet.length === 0 ? [] : [table(fleet)]),
};

/** `answers, says connection, database and pubsub are well`. */
function summary(section: Gateway): Cell {
  const { responsive, http_status: status, subsystems } = section;
  if (responsive === false) return { text: 'does not answer', role: 'crit' };
  if (responsive === null || status === null) return { text: 'not read', role: 'muted' };
  if (status !== 200) return { text: `answers with status ${status}`, role: 'warn' };
  if (section.status === null && subsystems === null) return { text: 'answers, but not in the words of a gateway', role: 'muted' };
  return claimCell(Object.keys(subsystems ?? {}), unwell(section));
}

function claimCell(names: readonly string[], bad: readonly string[]): Cell {
  if (bad.length > 0) return { text: `says ${listed(bad)} ${are(bad)} not well`, role: 'warn' };
  return names.length === 0 ? 'answers' : `answers, says ${listed(names)} ${are(names)} well`;
}

function are(names: readonly string[]): string {
  return names.length === 1 ? 'is' : 'are';
}

function unwell({ subsystems }: Gateway): string[] {
  return Object.entries(subsystems ?? {}).flatMap(([name, part]) => (isWell(part.status) ? [] : [name]));
}

function page(section: Gateway): Block[] {
  if (section.responsive !== true) return [];
  const parts = Object.entries(section.subsystems ?? {}).map(
    ([name, { status, latency, error }]) =>
      `${name} ${status}${latency === null ? '' : ` (${latency})`}${error === '' ? '' : `: ${error}`}`,
  );
  return [
    {
      kind: 'fact',
      label: 'Answer',
      value: `status ${section.http_status ?? '?'}, ${section.status ?? 'no word on itself'}, up ${section.uptime ?? '?'}`,
    },
    ...(parts.length === 0 ? [] : [{ kind: 'fact' as const, label: 'It says', value: parts.join(', ') }]),
    ...(section.claim_age_sec === null
      ? []
      : [{ kind: 'fact' as const, label: 'Seen by it', value: `${age(section.claim_age_sec)} before the report` }]),
  ];
}

const COLUMNS: readonly Column[] = [
  { title: 'Gateways', min: 8, max: 24, priority: 1 },
  { title: 'STATUS', min: 13, priority: 1 },
  { title: 'HTTP', min: 4, align: 'right', priority: 2 },
  { title: 'CLAIMS', min: 20, priority: 1 },
  { title: 'SEEN', min: 5, align: 'right', priority: 3 },
  { title: 'UPTIME', min: 8, priority: 5 },
];

function table(fleet: readonly NodeSection<Gateway>[]): Table {
  const rows = fleet.map(({ node, section }) => {
    const parts = Object.entries(section.subsystems ?? {}).map(([name, { status }]) => `${name} ${status}`);
    return {
      cells: [
        node.name,
        statusCell(section),
        shown(section.http_status, String),
        section.subsystems === null
          ? shown(section.status, (word) => word)
          : { text: parts.join(', '), role: unwell(section).length > 0 ? ('warn' as const) : ('plain' as const) },
        shown(section.claim_age_sec, age),
        shown(section.uptime, (text) => text),
      ],
    };
  });
  return {
    kind: 'table',
    columns: COLUMNS,
    count: String(rows.length),
    rows,
    note: 'What a gateway claims of others is what it last saw.',
  };
}

function statusCell(section: Gateway): Cell {
  if (section.responsive === false) return { text: '✗ no answer', role: 'crit' };
  if (section.responsive === null || (section.status === null && section.subsystems === null)) return { text: '? unread', role: 'muted' };
  return section.http_status !== 200 || unwell(section).length > 0 ? { text: '! unwell', role: 'warn' } : { text: '✓ answers', role: 'ok' };
}
