import type { Finding } from '../core/rule.ts';
import { shownFindings } from '../cli/monitor/round.ts';
import { alertsList } from './lists/alerts-list.ts';
import { arranged } from './lists/arranged.ts';
import { changesList } from './lists/changes-list.ts';
import type { Entry, List } from './lists/list.ts';
import { type NodesShown, nodesList } from './lists/nodes-list.ts';
import { subsystemsList } from './lists/subsystems-list.ts';
import { tableLists } from './lists/table-lists.ts';
import { fittingColumns } from './lists/fitting-columns.ts';
import { identityOf } from './alert-log.ts';
import { type Frame, type Look, NARROW, WIDE } from './look.ts';
import { onceFor } from './once-for.ts';
import { TABS } from './tabs.ts';
import type { Ui } from './ui.ts';

/** The wants of the person that change what a tab lists. */
type Wanted = Pick<Ui, 'tab' | 'filter' | 'problems' | 'sort' | 'mixed' | 'folded' | 'column' | 'utc'>;

const made = new WeakMap<Look, Map<string, readonly List[]>>();

/** The lists of a tab as the person wants them; made once for each look, not for each frame. */
export function listsOf(look: Look, ui: Wanted, frame: Frame): readonly List[] {
  const known = made.get(look) ?? new Map<string, readonly List[]>();
  made.set(look, known);
  const sort = ui.sort[ui.tab];
  const raw = JSON.stringify([ui.tab, [...ui.folded], ui.column, ui.utc, frame.columns, frame.terminal]);
  const whole = known.get(raw) ?? rawLists(look, ui, frame);
  known.set(raw, whole);
  const wanted = { filter: ui.filter, problems: ui.problems, sort, mixed: ui.mixed, now_ms: frame.now_ms };
  const key = JSON.stringify([raw, ui.filter, ui.problems, sort, ui.mixed]);
  const lists = known.get(key) ?? whole.map((list) => arranged(list, wanted));
  known.set(key, lists);
  return lists;
}

/** Changes that the overview shows where they share the screen with all else. */
const CHANGES = 5;
const WIDE_CHANGES = 20;
/** More nodes than this are a list of its own: the overview names only those that are not well. */
const MANY_NODES = 12;

function rawLists(look: Look, ui: Wanted, frame: Frame): List[] {
  const { title = '', subsystem = null } = TABS[ui.tab] ?? {};
  if (subsystem !== null) {
    const shown = { column: ui.column, room: frame.columns - 4 };
    return tableLists(subsystem, look).map((list) => fittingColumns(list, look, shown));
  }
  if (title === 'Nodes') return [nodesList(look, nodesShown(frame, true))];
  const alerts = alertsList(look, { following: title === 'Alerts', folded: ui.folded, steps: frame.columns >= WIDE });
  return title === 'Alerts' ? [alerts] : [alerts, ...overview(look, ui.utc, frame)];
}

function overview(look: Look, utc: boolean, frame: Frame): List[] {
  const changes = frame.columns < NARROW ? [] : [latest(changesList(look, utc), frame.columns >= WIDE ? WIDE_CHANGES : CHANGES)];
  return [unwell(nodesList(look, nodesShown(frame, false))), subsystemsList(look), ...changes];
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
