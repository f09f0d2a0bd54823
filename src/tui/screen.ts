import { type Step, stepOf } from '../cli/render/finding-lines.ts';
import { gap, own } from '../cli/render/line.ts';
import { count } from '../core/units.ts';
import { offers } from './command.ts';
import { entriesOf, listsOf, selectedIn } from './content.ts';
import { bodyRows } from './draw/body.ts';
import { commandBar, filterBar, keyBar, offerLines, saidLine, stepLine } from './draw/bars.ts';
import { headerLine } from './draw/header.ts';
import { withHelp } from './draw/help.ts';
import { pageRows } from './draw/page-rows.ts';
import type { PanelDrawing } from './draw/panel-lines.ts';
import { tabLines } from './draw/tabs.ts';
import type { Needs } from './key-table.ts';
import { needleOf } from './lists/arranged.ts';
import type { Entry, List } from './lists/list.ts';
import type { Frame, Look } from './look.ts';
import { type Opened, openedPage } from './pages/opened.ts';
import type { ScreenRow } from './screen/painter.ts';
import { TABS } from './tabs.ts';
import type { Ui } from './ui.ts';

/** Rows above and below the body. */
const ABOVE = 3;
const BELOW = 2;
const LEAST = { columns: 60, rows: 15 };

/** A frame, and what the keys refer to in it. */
export interface Screen {
  rows: readonly ScreenRow[];
  lists: readonly List[];
  entries: readonly Entry[];
  selected: Entry | null;
  /** The page on top; null while a list is shown. */
  page: Opened | null;
  step: Step | null;
  /** Rows of the body. */
  height: number;
}

/** The whole screen for what is known and what the person wants. Pure but for `tops`, which keeps lists from jumping. */
export function screenOf(look: Look, ui: Ui, frame: Frame, tops: Map<string, number>): Screen {
  const lists = listsOf(look, ui, frame);
  const entries = entriesOf(lists);
  const selected = selectedIn(entries, ui.cursor[ui.tab]);
  const target = ui.pages.at(-1);
  const page = target === undefined ? null : openedPage(target, { look, frame, lists });
  const finding = page === null ? (selected?.finding ?? null) : page.finding;
  const step = finding === null ? null : stepOf(finding.next, look.reach.get(finding.node) ?? null);
  const height = Math.max(1, frame.rows - ABOVE - BELOW);
  const screen = { lists, entries, selected, page, step, height };
  if (frame.columns < LEAST.columns || frame.rows < LEAST.rows) return { ...screen, rows: tooSmall(frame) };
  const [tabs, rule] = tabLines(look, TABS, ui.tab, frame);
  const body =
    page === null
      ? listBody(look, ui, { frame, screen, tops })
      : pageRows(page, { tab: TABS[ui.tab]?.title ?? '', place: placeOf(screen), scroll: ui.scroll }, { height, frame });
  const rows: ScreenRow[] = [
    { line: headerLine(look, frame) },
    { line: tabs },
    { line: rule },
    ...body,
    { line: page === null || page.finding !== null ? stepLine(frame, step) : [] },
    { line: lastLine(look, ui, frame, screen) },
  ];
  return { ...screen, rows: overlaid(rows, look, ui, { frame, lists }) };
}

function listBody(
  look: Look,
  ui: Ui,
  { frame, screen, tops }: { frame: Frame; screen: Omit<Screen, 'rows'>; tops: Map<string, number> },
): ScreenRow[] {
  const { lists, selected, height } = screen;
  const { needle, exclude } = needleOf(ui.filter);
  const drawing: PanelDrawing = {
    terminal: frame.terminal,
    room: frame.columns - 4,
    now_ms: frame.now_ms,
    needle: exclude ? '' : needle,
    sort: ui.sort[ui.tab],
    names: new Set(look.round.snapshot.nodes.map(({ name }) => name)),
    selected,
    tops,
  };
  if (screen.entries.length === 0 && (ui.filter !== '' || ui.problems)) {
    const what = ui.filter === '' ? 'Nothing here is wrong. e shows all.' : `Nothing matches /${ui.filter}. Esc clears the filter.`;
    return bodyRows({ look, ui, frame, lists: lists.slice(0, 1).map((list) => ({ ...list, empty: [what] })), selected, drawing }, height);
  }
  return bodyRows({ look, ui, frame, lists, selected, drawing }, height);
}

function placeOf({ entries, selected }: Omit<Screen, 'rows'>): string {
  const openable = entries.filter(({ open }) => open !== null);
  const at = selected === null ? -1 : openable.indexOf(selected);
  return at === -1 ? '' : `${count(at + 1)} of ${count(openable.length)}`;
}

function lastLine(look: Look, ui: Ui, frame: Frame, screen: Omit<Screen, 'rows'>) {
  if (ui.mode === 'command') return commandBar(frame, ui.command, offers(ui.command, look, sortable(screen.lists)));
  if (ui.mode === 'filter') return filterBar(frame, ui.filter, `${count(screen.entries.length)} found`);
  if (ui.said !== '') return saidLine(frame, ui.said);
  return keyBar(frame, having(look, screen));
}

/** Titles of the columns by which the tab can be sorted. */
export function sortable(lists: readonly List[]): string[] {
  return lists.length === 0
    ? []
    : [...new Set((lists.length > 1 ? lists.slice(0, 2) : lists).flatMap(({ columns }) => columns.map(({ title }) => title)))].filter(
        (title) => title !== '',
      );
}

function having(look: Look, { selected, page, step, lists }: Omit<Screen, 'rows'>): ReadonlySet<Needs> {
  const node = page === null ? (selected?.node ?? null) : page.node;
  const finding = page === null ? (selected?.finding ?? null) : page.finding;
  const has: [Needs, boolean][] = [
    ['entry', page === null && selected?.open != null],
    ['list', page === null],
    ['page', page !== null],
    ['step', step?.command === true],
    ['log', (finding?.log.length ?? 0) > 0],
    ['remote', node !== null && (look.reach.get(node) ?? null) !== null],
    ['node', node !== null && look.reach.has(node) && page !== null],
    ['children', page === null && lists.some(({ entries }) => entries.some(({ under }) => under !== undefined))],
    ['more-columns', page === null && lists.some(({ note }) => note.includes('→'))],
  ];
  return new Set(has.flatMap(([needs, there]) => (there ? [needs] : [])));
}

function overlaid(rows: readonly ScreenRow[], look: Look, ui: Ui, { frame, lists }: { frame: Frame; lists: readonly List[] }): ScreenRow[] {
  if (ui.mode === 'help') return withHelp(rows, frame, ui.scroll);
  if (ui.mode !== 'command') return [...rows];
  const lines = offerLines(frame, offers(ui.command, look, sortable(lists)));
  const from = rows.length - 1 - lines.length;
  return rows.map((row, at) => {
    const line = at < rows.length - 1 ? lines[at - from] : undefined;
    return line === undefined ? row : { line: [gap(1), ...line] };
  });
}

function tooSmall({ columns, rows }: Frame): ScreenRow[] {
  const text = `This window is ${columns} x ${rows}; ward needs ${LEAST.columns} x ${LEAST.rows}. Make it larger, or: ward monitor alerts`;
  const lines: ScreenRow[] = [];
  for (let at = 0; at < text.length; at += Math.max(1, columns)) lines.push({ line: [own(text.slice(at, at + columns))] });
  return lines.slice(0, rows);
}
