import { type Step, stepOf } from '../cli/render/finding-lines.ts';
import type { Finding } from '../core/rule.ts';
import { entriesOf, listsOf, selectedIn } from './content.ts';
import type { Entry, List } from './lists/list.ts';
import type { Frame, Look } from './look.ts';
import { type Opened, openedPage } from './pages/opened.ts';
import type { Ui } from './ui.ts';

/** Rows above and below the body: header, tabs and rule; next step and keys. */
const AROUND = 5;

/** What is on the screen, and what of it the keys refer to. */
export interface Scene {
  lists: readonly List[];
  entries: readonly Entry[];
  selected: Entry | null;
  /** The page on top; null while a list is shown. */
  page: Opened | null;
  /** Of the page on top, else of the selected entry. */
  node: string | null;
  finding: Finding | null;
  step: Step | null;
  /** Rows of the body. */
  height: number;
}

/** What the tab, the pages opened on it and the cursor come to. */
export function sceneOf(look: Look, ui: Ui, frame: Frame): Scene {
  const lists = listsOf(look, ui, frame);
  const entries = entriesOf(lists);
  const selected = selectedIn(entries, ui.cursor[ui.tab]);
  const target = ui.pages.at(-1);
  const page = target === undefined ? null : openedPage(target, { look, frame, lists });
  const { node = null, finding = null } = page ?? selected ?? {};
  const step = finding === null ? null : stepOf(finding.next, look.reach.get(finding.node) ?? null);
  return { lists, entries, selected, page, node, finding, step, height: Math.max(1, frame.rows - AROUND) };
}

/** Titles of the columns by which the tab can be sorted. */
export function sortable(lists: readonly List[]): string[] {
  const titles = lists.slice(0, 2).flatMap(({ columns }) => columns.map(({ title }) => title));
  return [...new Set(titles)].filter((title) => title !== '');
}
