import { onceFor } from '../core/once-for.ts';
import type { Finding } from '../core/rule.ts';
import type { Steps } from '../core/steps.ts';
import { shownFindings } from '../cli/monitor/round.ts';
import { alertsList } from './lists/alerts-list.ts';
import { MEASURED } from './draw/list-lines.ts';
import { type Arrangement, arranged } from './lists/arranged.ts';
import { changesList } from './lists/changes-list.ts';
import type { Entry, List } from './lists/list.ts';
import { type NodesShown, nodesList } from './lists/nodes-list.ts';
import { subsystemsList } from './lists/subsystems-list.ts';
import { tableLists } from './lists/table-lists.ts';
import { fittingColumns } from './lists/fitting-columns.ts';
import { type AlertLog, identityOf } from './alert-log.ts';
import { type Frame, type Look, NARROW, WIDE } from './look.ts';
import { goOn, type Making, making, partOf } from './making.ts';
import { TABS } from './tabs.ts';
import type { Ui } from './ui.ts';

/** The wants of the person that change what a tab lists. */
type Wanted = Pick<Ui, 'tab' | 'filter' | 'problems' | 'sort' | 'mixed' | 'folded' | 'column' | 'utc'>;

interface Made {
  /** By all that changes what a tab lists, before the person's wishes and with them. */
  whole: Map<string, Making<readonly List[]>>;
  wanted: Map<string, Making<readonly List[]>>;
}

/** Made once for each round, not for each frame. While the first one runs, lists say what is waited for, too. */
const known = new WeakMap<object, Made>();

/** What a tab showed last, for each fleet, which its log stands for. */
const last = new WeakMap<AlertLog, Map<number, { key: string; lists: readonly List[] }>>();

/** The lists of a tab as the person wants them; where those take longer than the frame can wait, the last ones, or one that says so. */
export function listsOf(look: Look, ui: Wanted, frame: Frame): readonly List[] {
  const { key, making: each } = listsFor(look, ui, frame);
  const lists = goOn(each, frame.patience_ms);
  const shown = last.get(look.log) ?? new Map<number, { key: string; lists: readonly List[] }>();
  last.set(look.log, shown);
  if (lists !== null) shown.set(ui.tab, { key, lists });
  const before = shown.get(ui.tab);
  return before?.key === key ? before.lists : (UNREADY[ui.tab] ?? []);
}

/** Whether the lists are there to be shown. */
export function areMade(look: Look, ui: Wanted, frame: Frame): boolean {
  return listsFor(look, ui, frame).making.made !== null;
}

function listsFor(look: Look, ui: Wanted, frame: Frame): { key: string; making: Making<readonly List[]> } {
  const owner = look.progress.first ? look : look.round;
  const { whole, wanted } = known.get(owner) ?? { whole: new Map(), wanted: new Map() };
  known.set(owner, { whole, wanted });
  const { filter, problems, mixed } = ui;
  const sort = ui.sort[ui.tab];
  const raw = JSON.stringify([ui.tab, [...ui.folded], ui.column, ui.utc, frame.columns, frame.terminal, look.interval_s]);
  const key = JSON.stringify([raw, filter, problems, sort, mixed]);
  const lists = whole.get(raw) ?? making(rawLists(look, ui, frame));
  whole.set(raw, lists);
  const arrangement = wanted.get(key) ?? making(arrangedLists(lists, { filter, problems, sort, mixed, now_ms: frame.now_ms }));
  wanted.set(key, arrangement);
  return { key, making: arrangement };
}

function* arrangedLists(lists: Making<readonly List[]>, wanted: Arrangement): Steps<readonly List[]> {
  const result: List[] = [];
  for (const list of yield* partOf(lists)) {
    const kept = yield* arranged(list, wanted);
    result.push(kept);
    yield* withFirstCells(kept);
  }
  return result;
}

/** The frame that comes measures these, and would have to make them all at once. */
function* withFirstCells({ entries }: List): Steps<void> {
  for (const [at, { cells }] of entries.slice(0, MEASURED).entries()) if (cells.length > 0 && at % CELLS === CELLS - 1) yield;
}

/** So many entries get their cells without a pause. */
const CELLS = 8;

/** Stands for the lists of a tab that nobody has seen yet and that take longer than a frame. */
const UNREADY: readonly (readonly List[])[] = TABS.map(({ title }) => [
  {
    id: 'unready',
    columns: [{ title, min: 8, priority: 1 }],
    ...{ count: '', remark: '', entries: [], note: '', empty: ['This list is still being put together.'] },
  },
]);

/** Whether it only stands for lists to come. */
export function isUnready(lists: readonly List[]): boolean {
  return UNREADY.includes(lists);
}

/** Changes that the overview shows where they share the screen with all else. */
const CHANGES = 5;
const WIDE_CHANGES = 20;
/** More nodes than this are a list of its own: the overview names only those that are not well. */
const MANY_NODES = 12;

function* rawLists(look: Look, ui: Wanted, frame: Frame): Steps<List[]> {
  const { title = '', subsystem = null } = TABS[ui.tab] ?? {};
  if (subsystem !== null) {
    const shown = { column: ui.column, room: frame.columns - 4 };
    const lists = yield* tableLists(subsystem, look);
    return lists.map((list) => fittingColumns(list, look, shown));
  }
  if (title === 'Nodes') return [yield* nodesList(look, nodesShown(frame, true))];
  const alerts = alertsList(look, { following: title === 'Alerts', folded: ui.folded, steps: frame.columns >= WIDE });
  yield;
  return title === 'Alerts' ? [alerts] : [alerts, ...(yield* overview(look, ui.utc, frame))];
}

function* overview(look: Look, utc: boolean, frame: Frame): Steps<List[]> {
  const changes = frame.columns < NARROW ? [] : [latest(changesList(look, utc), frame.columns >= WIDE ? WIDE_CHANGES : CHANGES)];
  const nodes = unwell(yield* nodesList(look, nodesShown(frame, false)));
  yield;
  return [nodes, yield* subsystemsList(look), ...changes];
}

function nodesShown({ terminal, columns }: Frame, curves: boolean): NodesShown {
  const wide = columns >= WIDE;
  return { terminal, curves, curve: wide ? 16 : 8, bar: wide ? 14 : 7, wide };
}

function latest(list: List, most: number): List {
  return { ...list, entries: list.entries.slice(0, most) };
}

function unwell(list: List): List {
  if (list.entries.length <= MANY_NODES) return list;
  const entries = list.entries.filter(({ problem }) => problem);
  const well = list.entries.length - entries.length;
  return { ...list, entries, empty: [], note: `${well} in which nothing is wrong or that are still waited for; tab 2 lists them.` };
}

/** All entries of the tab in the order in which the cursor meets them. */
export const entriesOf = onceFor((lists: readonly List[]): readonly Entry[] => lists.flatMap(({ entries }) => entries));

/** Where the cursor is: on the entry it was put on, else on the first. */
export function selectedIn(entries: readonly Entry[], key: string | undefined): Entry | null {
  return entries.find((entry) => entry.key === key) ?? entries[0] ?? null;
}

/** The finding with this identity, if it still is there. */
export function findingWith(look: Look, identity: string): Finding | null {
  return shownFindings(look.round).find((finding) => identityOf(finding) === identity) ?? null;
}
