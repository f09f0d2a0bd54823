import type { Finding } from '../../core/rule.ts';
import type { Steps } from '../../core/steps.ts';
import type { Registered } from '../../core/subsystem.ts';
import { type Cell, type Row, type Table, textOf } from '../../core/view.ts';
import { nothingOf, tablesOf } from '../../cli/monitor/views/subsystem.ts';
import { tableOfShown } from '../../cli/monitor/shown-table.ts';
import { shownFindings } from '../../cli/monitor/round.ts';
import type { Look } from '../look.ts';
import type { Entry, List } from './list.ts';

/** The tables that a subsystem defines for the fleet, as lists; one that is empty says so where no node has the subsystem. */
export function* tableLists(subsystem: Registered, look: Look): Steps<List[]> {
  const { round } = look;
  const names = new Set(round.snapshot.nodes.map(({ name }) => name));
  const findings = shownFindings(round).filter((finding) => finding.subsystem === subsystem.name && finding.state !== 'muted');
  const whole = yield* tablesOf(subsystem, round);
  const tables = whole.map((table) => tableOfShown(table, names, round.shown));
  yield;
  if (tables.length === 0) return [nothing(subsystem, look)];
  const bySubject = Map.groupBy(findings, ({ subject }) => subject);
  const byNode = Map.groupBy(findings, ({ node }) => node);
  const lists: List[] = [];
  for (const table of tables) lists.push(yield* listOf(table, `${subsystem.name}\0${lists.length}`, { names, bySubject, byNode }));
  return lists;
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

/** So many rows become entries without a pause. */
const ROWS = 64;

function* listOf(table: Table, id: string, known: Known): Steps<List> {
  const { columns, count, note } = table;
  let owner: string | null = null;
  const seen = new Map<string, number>();
  const entries: Entry[] = [];
  for (const row of table.rows) {
    const first = textOf(row.cells[0] ?? '');
    if (known.names.has(first)) owner = first;
    const name = `${owner ?? ''}\0${first}`;
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    entries.push(entryOf(row, `${id}\0${name}\0${nth}`, { known, id, owner }));
    if (entries.length % ROWS === 0) yield;
  }
  return { id, columns, count, remark: '', entries, empty: ['Nothing here.'], note };
}

/** What it is about is found out when somebody asks: of a long list only the selected row ever tells. */
function entryOf(row: Row, key: string, { known, id, owner }: { known: Known; id: string; owner: string | null }): Entry {
  const { cells, across } = row;
  let about: Pick<Entry, 'node' | 'finding'> | undefined;
  return {
    key,
    cells,
    ...(across === undefined ? {} : { across }),
    get node() {
      about ??= aboutOf(cells, owner, known);
      return about.node;
    },
    get finding() {
      about ??= aboutOf(cells, owner, known);
      return about.finding;
    },
    get problem() {
      return cells.some(isWrong);
    },
    open: { kind: 'row', list: id, key },
  };
}

function aboutOf(cells: readonly Cell[], owner: string | null, known: Known): Pick<Entry, 'node' | 'finding'> {
  const texts = cells.map(textOf);
  const node = texts.find((text) => known.names.has(text)) ?? owner;
  const finding = findingFor(texts[0] ?? '', node, known);
  return { node: node ?? finding?.node ?? null, finding };
}

/** The worst finding that names what the row is about, else the worst on its node where the row is the node's own. */
function findingFor(first: string, node: string | null, { bySubject, byNode }: Known): Finding | null {
  const about = bySubject.get(first)?.find(({ node: at }) => node === null || at === node);
  return about ?? (node === first ? (byNode.get(first)?.[0] ?? null) : null);
}

function isWrong(cell: Cell): boolean {
  return typeof cell !== 'string' && ['crit', 'warn', 'hot-crit', 'hot-warn'].includes(cell.role);
}
