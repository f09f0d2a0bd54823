import { gap, type Line, lineCells, own } from '../cli/render/line.ts';
import { sign } from '../cli/render/signs.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { count } from '../core/units.ts';
import { isUnready } from './content.ts';
import { offers } from './command.ts';
import { commandBar, filterBar, keyBar, offerLines, saidLine, stepLine } from './draw/bars.ts';
import { bodyRows } from './draw/body.ts';
import { headerLine } from './draw/header.ts';
import { withHelp } from './draw/help.ts';
import { pageRows } from './draw/page-rows.ts';
import type { PanelDrawing } from './draw/panel-lines.ts';
import { sliced } from './draw/slice.ts';
import { tabLines } from './draw/tabs.ts';
import type { Needs } from './key-table.ts';
import { needleOf } from './lists/arranged.ts';
import type { List } from './lists/list.ts';
import type { Frame, Look } from './look.ts';
import { onceFor } from '../core/once-for.ts';
import { type Scene, sceneOf, sortable } from './scene.ts';
import type { ScreenRow } from './screen/painter.ts';
import { TABS } from './tabs.ts';
import type { Ui } from './ui.ts';

const LEAST = { columns: 60, rows: 15 };

/** A frame, and what the keys refer to in it. */
export interface Screen extends Scene {
  rows: readonly ScreenRow[];
}

/** What a frame is drawn from, with what keeps lists from jumping. */
interface Drawing {
  look: Look;
  ui: Ui;
  frame: Frame;
  scene: Scene;
  tops: Map<string, number>;
}

/** The whole screen for what is known and what the person wants. Pure but for `tops`, which keeps lists from jumping. */
export function screenOf(look: Look, ui: Ui, frame: Frame, tops: Map<string, number>): Screen {
  const scene = sceneOf(look, ui, frame);
  const small = frame.columns < LEAST.columns || frame.rows < LEAST.rows;
  return { ...scene, rows: small ? tooSmall(frame) : allRows({ look, ui, frame, scene, tops }) };
}

function allRows(drawing: Drawing): ScreenRow[] {
  const { look, ui, frame, scene } = drawing;
  const [tabs, rule] = tabLines(look, ui.tab, frame);
  const above: ScreenRow[] = [headerLine(look, frame), tabs, rule].map((line) => ({ line }));
  const below: ScreenRow[] = [scene.page === null ? stepLine(frame, scene.step) : [], lastLine(drawing)].map((line) => ({ line }));
  const rows = overlaid([...above, ...middleRows(drawing), ...below], look, ui, { frame, lists: scene.lists });
  return rows.map((row) => ({ ...row, line: clipped(row.line, frame) }));
}

/** What nobody wrapped or cut by its meaning ends at the edge. */
function clipped(line: Line, { columns, terminal }: Frame): Line {
  return lineCells(line) <= columns ? line : [...sliced(line, 0, columns - 1), own(sign(terminal, '…'))];
}

function middleRows(drawing: Drawing): ScreenRow[] {
  const { ui, frame, scene } = drawing;
  if (scene.page === null) return listBody(drawing);
  return pageRows(
    scene.page,
    { tab: TABS[ui.tab]?.title ?? '', place: placeOf(scene), scroll: ui.scroll },
    { height: scene.height, frame },
  );
}

const namesIn = onceFor(({ nodes }: Snapshot) => new Set(nodes.map(({ name }) => name)));

function listBody({ look, ui, frame, scene, tops }: Drawing): ScreenRow[] {
  const { selected, height } = scene;
  const { needle, exclude } = needleOf(ui.filter);
  const drawing: PanelDrawing = {
    terminal: frame.terminal,
    room: frame.columns - 4,
    now_ms: frame.now_ms,
    needle: exclude ? '' : needle,
    sort: ui.sort[ui.tab],
    names: namesIn(look.round.snapshot),
    selected,
    tops,
  };
  return bodyRows({ look, ui, frame, lists: listsShown(scene, ui), selected, drawing }, height);
}

/** Where the person's own wishes leave nothing over, one list that says so. */
function listsShown({ lists, entries }: Scene, { filter, problems }: Ui): readonly List[] {
  if (entries.length > 0 || (filter === '' && !problems) || isUnready(lists)) return lists;
  const what = filter === '' ? 'Nothing here is wrong. e shows all.' : `Nothing matches /${filter}. Esc clears the filter.`;
  return lists.slice(0, 1).map((list) => ({ ...list, empty: [what] }));
}

function placeOf({ entries, selected }: Scene): string {
  const openable = entries.filter(({ open }) => open !== null);
  const at = selected === null ? -1 : openable.indexOf(selected);
  return at === -1 ? '' : `${count(at + 1)} of ${count(openable.length)}`;
}

function lastLine({ look, ui, frame, scene }: Drawing): Line {
  if (ui.mode === 'command') return commandBar(frame, ui.command, offers(ui.command, look, sortable(scene.lists)));
  if (ui.mode === 'filter') return filterBar(frame, ui.filter, `${count(scene.entries.length)} found`);
  if (ui.said !== '') return saidLine(frame, ui.said);
  return keyBar(frame, having(look, scene));
}

/** What the keys need that is there now. */
function having(look: Look, scene: Scene): ReadonlySet<Needs> {
  const inList = scene.page === null;
  const has: Record<Needs, boolean> = {
    nothing: true,
    entry: inList && scene.selected !== null && scene.selected.open !== null,
    list: inList,
    page: !inList,
    step: scene.step?.command === true,
    log: scene.finding !== null && scene.finding.log.length > 0,
    remote: typeof look.reach.get(scene.node ?? '') === 'string',
    node: !inList && look.reach.has(scene.node ?? ''),
    children: inList && scene.entries.some(({ under }) => under !== undefined),
    'more-columns': inList && scene.lists.some(({ note }) => note.includes('→')),
  };
  return new Set((Object.keys(has) as Needs[]).filter((needs) => has[needs]));
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
