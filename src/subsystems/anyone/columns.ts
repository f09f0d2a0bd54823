import type { NodeSection } from '../../core/rule.ts';
import type { Columns } from '../../core/subsystem.ts';
import { ABSENT, type Block, type Cell, type Column, shown, type Table, UNKNOWN } from '../../core/view.ts';
import type { Anyone } from './section.ts';

/** How a relay or client of Anyone shows. */
export const columns: Columns<Anyone> = {
  summary: ({ section }) => summary(section),
  page: ({ section }) => page(section),
  fleet: (fleet) => (fleet.length === 0 ? [] : [table(fleet)]),
};

/** `relay wardlab, joined its network`. */
function summary(section: Anyone): Cell {
  const { mode, nickname, bootstrap_pct: pct } = section;
  const who = `${mode ?? 'not running'}${nickname === null ? '' : ` ${nickname}`}`;
  if (mode === null)
    return { text: section.relay_active === false || section.client_active === false ? 'not running' : 'not read', role: 'muted' };
  if (pct === null) return { text: `${who}, how far it has joined is not read`, role: 'muted' };
  return pct === 100 ? `${who}, joined its network` : { text: `${who}, joined its network to ${pct}%`, role: 'warn' };
}

function page(section: Anyone): Block[] {
  const { bootstrap_summary: at, bootstrap_warning: warning, fingerprint } = section;
  return [
    {
      kind: 'fact',
      label: 'Ports',
      value: `OR ${word(section.orport_listening)}, SOCKS ${word(section.socks_listening)}, control ${word(section.control_listening)}`,
    },
    {
      kind: 'fact',
      label: 'Network',
      value: shown(
        section.bootstrap_pct,
        (pct) => `${pct}%${at === null || at === '' ? '' : `, ${at}`}${warning === null || warning === '' ? '' : `: ${warning}`}`,
      ),
    },
    ...(fingerprint === null ? [] : [{ kind: 'fact' as const, label: 'Identity', value: fingerprint }]),
    { kind: 'fact', label: 'Version', value: shown(section.version, (version) => version) },
  ];
}

function word(listens: boolean | null): string {
  if (listens === null) return '?';
  return listens ? 'listens' : 'silent';
}

const COLUMNS: readonly Column[] = [
  { title: 'Anyone', min: 8, max: 24, priority: 1 },
  { title: 'MODE', min: 7, priority: 1 },
  { title: 'JOINED', min: 6, align: 'right', priority: 1 },
  { title: 'PORTS', min: 12, priority: 2 },
  { title: 'NICKNAME', min: 8, max: 20, priority: 4 },
  { title: 'IDENTITY', min: 8, priority: 5 },
  { title: 'VERSION', min: 8, priority: 7 },
];

function table(fleet: readonly NodeSection<Anyone>[]): Table {
  const rows = fleet.map(({ node, section }) => ({
    cells: [
      node.name,
      section.mode ?? { text: 'off', role: 'muted' as const },
      shown(section.bootstrap_pct, (pct) => (pct === 100 ? '100%' : { text: `${pct}%`, role: 'warn' })),
      portsCell(section),
      section.nickname ?? ABSENT,
      section.fingerprint?.slice(0, 8) ?? ABSENT,
      shown(section.version, (version) => version),
    ],
  }));
  return { kind: 'table', columns: COLUMNS, count: String(rows.length), rows, note: '' };
}

function portsCell({ orport_listening: or, socks_listening: socks, control_listening: control }: Anyone): Cell {
  if (or === null && socks === null && control === null) return UNKNOWN;
  return (
    [...(or === true ? ['OR'] : []), ...(socks === true ? ['SOCKS'] : []), ...(control === true ? ['control'] : [])].join(' ') || ABSENT
  );
}
