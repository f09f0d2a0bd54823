import type { Finding } from '../../core/rule.ts';
import type { Registered } from '../../core/subsystem.ts';
import { type Cell, type Row, type Table, textOf } from '../../core/view.ts';
import { nothingOf, tablesOf } from '../../cli/monitor/views/subsystem.ts';
import { tableOfShown } from '../../cli/monitor/shown-table.ts';
import { shownFindings } from '../../cli/monitor/round.ts';
import type { Look } from '../look.ts';
import type { Entry, List } from './list.ts';

/** The tables that a subsystem defines for the fleet, as lists; one that is empty says so where no node has the subsystem. */
export function tableLists(subsystem: Registered, look: Look): List[] {
  const { round } = look;
  const names = new Set(round.snapshot.nodes.map(({ name }) => name));
  const findings = shownFindings(round).filter((finding) => finding.subsystem === subsystem.name && finding.state !== 'muted');
  const tables = tablesOf(subsystem, round).map((table) => tableOfShown(table, names, round.shown));
  if (tables.length === 0) return [nothing(subsystem, look)];
  const bySubject = Map.groupBy(findings, ({ subject }) => subject);
  const byNode = Map.groupBy(findings, ({ node }) => node);
  return tables.map((table, at) => listOf(table, `${subsystem.name}\0${at}`, { names, bySubject, byNode }));
}

function nothing(subsystem: Registered, { round, progress }: Look): List {
  const sentence = progress.first ? 'Nothing was read yet.' : nothingOf(subsystem, round);
  return {
    id: subsystem.name,
    columns: [{ title: subsystem.title, min: 8, priority: 1 }],
    count: '0',
    remark: '',
    entries: [],
    empty: [sentence],
    note: '',
  };
}

/** What rows are held against: names of nodes, and findings by what they are about and where. */
interface Known {
  names: ReadonlySet<string>;
  bySubject: ReadonlyMap<string, readonly Finding[]>;
  byNode: ReadonlyMap<string, readonly Finding[]>;
}

function listOf(table: Table, id: string, known: Known): List {
  const { columns, count, note } = table;
  let owner: string | null = null;
  const seen = new Map<string, number>();
  const entries = table.rows.map((row) => {
    const first = textOf(row.cells[0] ?? '');
    if (known.names.has(first)) owner = first;
    const name = `${owner ?? ''}\0${first}`;
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    return entryOf(row, `${id}\0${name}\0${nth}`, { ...known, id, owner });
  });
  return { id, columns, count, remark: '', entries, empty: ['Nothing here.'], note };
}

function entryOf(row: Row, key: string, known: Known & { id: string; owner: string | null }): Entry {
  const texts = row.cells.map(textOf);
  const node = texts.find((text) => known.names.has(text)) ?? known.owner;
  const finding = findingFor(texts[0] ?? '', node, known);
  return {
    key,
    cells: row.cells,
    ...(row.across === undefined ? {} : { across: row.across }),
    node: node ?? finding?.node ?? null,
    finding,
    problem: row.cells.some(isWrong),
    open: { kind: 'row', list: known.id, key },
  };
}

/** The worst finding that names what the row is about, else the worst on its node where the row is the node's own. */
function findingFor(first: string, node: string | null, { bySubject, byNode }: Known): Finding | null {
  const about = bySubject.get(first)?.find(({ node: at }) => node === null || at === node);
  return about ?? (node === first ? (byNode.get(first)?.[0] ?? null) : null);
}

function isWrong(cell: Cell): boolean {
  return typeof cell !== 'string' && ['crit', 'warn', 'hot-crit', 'hot-warn'].includes(cell.role);
}
