import { type Action, actionOf } from './key-table.ts';
import { identityOf } from './alert-log.ts';
import { commanded, type Effect as CommandEffect, offers } from './command.ts';
import { laid, scrollWithin } from './draw/page-rows.ts';
import { helpLines } from './draw/help.ts';
import type { Entry } from './lists/list.ts';
import type { Frame, Look } from './look.ts';
import { type Scene, sortable } from './scene.ts';
import type { Key } from './screen/key-decoder.ts';
import { TABS } from './tabs.ts';
import type { Target, Ui } from './ui.ts';

/** What a key asks of the world beside the screen. */
export type Effect = CommandEffect | { kind: 'copy' | 'ssh' | 'refresh' | 'redraw' | 'stop' };

/** What the key was pressed on. */
export interface Pressed {
  look: Look;
  ui: Ui;
  frame: Frame;
  screen: Scene;
}

/** Rounds may follow each other so fast or slow, in seconds. */
const INTERVALS = [2, 5, 10, 15, 30, 60, 120, 300, 600];

/** What a key does. Pure: the next Ui, or something that only the session can do. */
export function pressed(key: Key, at: Pressed): Effect {
  const { ui } = at;
  if (key === 'ctrl-c') return { kind: 'quit' };
  if (ui.mode === 'filter') return { kind: 'ui', ui: filtering(key, ui) };
  if (ui.mode === 'command') return commanding(key, at);
  const action = actionOf(key);
  if (ui.mode === 'help') return { kind: 'ui', ui: helping(action, at) };
  if (action === undefined) return { kind: 'ui', ui };
  const calm = { ...ui, said: '' };
  if (['copy', 'ssh', 'refresh', 'redraw', 'stop', 'quit'].includes(action)) return { kind: action } as Effect;
  return { kind: 'ui', ui: acted(action, key, { ...at, ui: calm }) };
}

function acted(action: Action, key: Key, at: Pressed): Ui {
  const moved = MOVES[action];
  if (moved !== undefined) return at.screen.page === null ? withCursor(at, moved) : withScroll(at, moved);
  return CHANGES[action]?.(at, key) ?? at.ui;
}

/** How far a key moves, in rows or in parts of what fits on the screen. */
type Move = (at: { from: number; last: number; page: number }) => number;

const MOVES: Partial<Record<Action, Move>> = {
  down: ({ from }) => from + 1,
  up: ({ from }) => from - 1,
  first: () => 0,
  last: ({ last }) => last,
  'page-down': ({ from, page }) => from + page,
  'page-up': ({ from, page }) => from - page,
};

function withCursor({ ui, screen }: Pressed, move: Move): Ui {
  const { entries, selected, height } = screen;
  if (selected === null) return ui;
  const last = entries.length - 1;
  const to = Math.max(0, Math.min(last, move({ from: entries.indexOf(selected), last, page: Math.max(1, height - 3) })));
  return { ...ui, cursor: { ...ui.cursor, [ui.tab]: entries[to]?.key ?? '' } };
}

function withScroll({ ui, screen }: Pressed, move: Move): Ui {
  const lines = screen.page === null ? 0 : laid(screen.page).lines.length;
  const room = screen.height - 2;
  return { ...ui, scroll: scrollWithin(move({ from: ui.scroll, last: lines, page: Math.max(1, room - 1) }), lines, room) };
}

const CHANGES: Partial<Record<Action, (at: Pressed, key: Key) => Ui>> = {
  'next-tab': ({ ui }) => onTab(ui, (ui.tab + 1) % TABS.length),
  'previous-tab': ({ ui }) => onTab(ui, (ui.tab + TABS.length - 1) % TABS.length),
  tab: ({ ui }, key) => (Number(key) <= TABS.length ? onTab(ui, Number(key) - 1) : ui),
  open: (at) => (at.screen.page === null && at.screen.selected !== null ? opened(at, at.screen.selected) : at.ui),
  back: ({ ui }) => (ui.pages.length > 0 ? { ...ui, pages: ui.pages.slice(0, -1), scroll: 0 } : { ...ui, filter: '', problems: false }),
  'next-item': (at) => neighbour(at, 1),
  'previous-item': (at) => neighbour(at, -1),
  'next-section': (at) => toSection(at, 1),
  'previous-section': (at) => toSection(at, -1),
  node: (at) => toNode(at),
  filter: ({ ui }) => (ui.pages.length > 0 ? ui : { ...ui, mode: 'filter' }),
  command: ({ ui }) => ({ ...ui, mode: 'command', command: '' }),
  help: ({ ui }) => ({ ...ui, mode: 'help', scroll: 0 }),
  problems: ({ ui }) => ({ ...ui, problems: !ui.problems }),
  preview: (at) => ({ ...at.ui, preview: at.ui.preview === null ? isFull(at.screen) : !at.ui.preview }),
  zone: ({ ui }) => ({ ...ui, utc: !ui.utc }),
  faster: ({ ui }) =>
    withInterval(
      ui,
      INTERVALS.findLast((each) => each < ui.interval_s),
    ),
  slower: ({ ui }) =>
    withInterval(
      ui,
      INTERVALS.find((each) => each > ui.interval_s),
    ),
  fold: (at) => folded(at),
  log: (at) => toLog(at),
  sort: ({ ui, screen }) => sortedByNext(ui, sortable(screen.lists)),
  'columns-right': ({ ui }) => ({ ...ui, column: ui.column + 1 }),
  'columns-left': ({ ui }) => ({ ...ui, column: Math.max(0, ui.column - 1) }),
};

/** Whether the lists take the room in which the preview would have opened by itself. */
function isFull({ lists, entries, height }: Scene): boolean {
  return entries.length + 2 * lists.length + 10 > height;
}

function onTab(ui: Ui, tab: number): Ui {
  return { ...ui, tab, pages: [], scroll: 0, column: 0 };
}

function push(ui: Ui, target: Target): Ui {
  return { ...ui, pages: [...ui.pages, target], scroll: 0 };
}

function opened({ ui }: Pressed, { open }: Entry): Ui {
  if (open === null) return ui;
  if (open.kind === 'row' && open.list === 'tab')
    return onTab(
      ui,
      Math.max(
        0,
        TABS.findIndex(({ title }) => title === open.key),
      ),
    );
  return push(ui, open);
}

/** The page of the next entry that has one, in the list from which the page was opened. */
function neighbour({ ui, screen }: Pressed, step: 1 | -1): Ui {
  const { entries, selected } = screen;
  if (screen.page === null || selected === null) return ui;
  const openable = entries.filter(({ open }) => open !== null && !(open.kind === 'row' && open.list === 'tab'));
  const next = openable[openable.indexOf(selected) + step];
  if (next?.open == null) return ui;
  return { ...ui, pages: [next.open], scroll: 0, cursor: { ...ui.cursor, [ui.tab]: next.key } };
}

function toSection({ ui, screen }: Pressed, step: 1 | -1): Ui {
  if (screen.page === null) return ui;
  const { begins, lines } = laid(screen.page);
  const to = step === 1 ? begins.find((line) => line > ui.scroll) : begins.findLast((line) => line < ui.scroll);
  return { ...ui, scroll: scrollWithin(to ?? (step === 1 ? lines.length : 0), lines.length, screen.height - 2) };
}

function toNode({ ui, screen, look }: Pressed): Ui {
  const { node: name } = screen;
  return name !== null && look.reach.has(name) ? push(ui, { kind: 'node', name }) : ui;
}

function toLog({ ui, screen }: Pressed): Ui {
  const { finding } = screen;
  if (finding === null || finding.log.length === 0) return { ...ui, said: 'No log lines came with this.' };
  return push(ui, { kind: 'log', identity: identityOf(finding) });
}

function folded({ ui, screen: { selected, page } }: Pressed): Ui {
  if (selected?.finding == null || page !== null) return ui;
  const key = (selected.under ?? selected.key).replace(/^alert\0/, '');
  const next = new Set(ui.folded);
  if (!next.delete(key)) next.add(key);
  return { ...ui, folded: next, cursor: { ...ui.cursor, [ui.tab]: `alert\0${key}` } };
}

function sortedByNext(ui: Ui, columns: readonly string[]): Ui {
  const at = columns.findIndex((title) => title.toLowerCase() === ui.sort[ui.tab]?.toLowerCase());
  const { [ui.tab]: _, ...others } = ui.sort;
  const next = columns[at + 1];
  return { ...ui, mixed: false, sort: next === undefined ? others : { ...others, [ui.tab]: next } };
}

function withInterval(ui: Ui, interval_s: number | undefined): Ui {
  return interval_s === undefined ? ui : { ...ui, interval_s, said: `A round every ${interval_s} s` };
}

function filtering(key: Key, ui: Ui): Ui {
  if (key === 'enter') return { ...ui, mode: 'browse' };
  if (key === 'escape') return { ...ui, mode: 'browse', filter: '' };
  const filter = typed(ui.filter, key);
  return filter === null ? { ...ui, mode: 'browse' } : { ...ui, filter };
}

function commanding(key: Key, { ui, look, screen }: Pressed): Effect {
  if (key === 'enter') return commanded(ui.command, ui, look);
  if (key === 'escape') return { kind: 'ui', ui: { ...ui, mode: 'browse', command: '' } };
  const [best] = offers(ui.command, look, sortable(screen.lists));
  if (key === 'tab') return { kind: 'ui', ui: { ...ui, command: best?.text ?? ui.command } };
  const command = typed(ui.command, key);
  return { kind: 'ui', ui: command === null ? { ...ui, mode: 'browse', command: '' } : { ...ui, command } };
}

/** The text after one more key; null where nothing is left to take away. */
function typed(text: string, key: Key): string | null {
  if (key === 'backspace') return text === '' ? null : Array.from(text).slice(0, -1).join('');
  if (key === 'ctrl-u') return '';
  if (key === 'space') return `${text} `;
  return Array.from(key).length === 1 && text.length < 200 ? text + key : text;
}

function helping(action: Action | undefined, { ui, frame }: Pressed): Ui {
  const move = action === undefined ? undefined : MOVES[action];
  if (move === undefined) return { ...ui, mode: 'browse', scroll: 0 };
  const lines = helpLines(frame).length;
  const room = frame.rows - 6;
  return { ...ui, scroll: scrollWithin(move({ from: ui.scroll, last: lines, page: room }), lines, room) };
}
