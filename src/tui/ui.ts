/** What a page shows that was opened from a list. */
export type Target =
  | { kind: 'node'; name: string }
  | { kind: 'alert'; identity: string }
  | { kind: 'log'; identity: string }
  | { kind: 'row'; list: string; key: string };

/** What the person has done with the screen. Each key makes a new one. */
export interface Ui {
  tab: number;
  /** Opened pages, the last one on top. */
  pages: readonly Target[];
  /** Scrolled lines of the page on top. */
  scroll: number;
  /** Per tab the key of the selected entry. */
  cursor: Readonly<Record<number, string>>;
  mode: 'browse' | 'filter' | 'command' | 'help';
  /** Text of the filter, `/!` first for one that excludes. */
  filter: string;
  /** Text of the command while it is typed. */
  command: string;
  problems: boolean;
  preview: boolean | null;
  /** Per tab the title of the column that is sorted by. */
  sort: Readonly<Record<number, string>>;
  /** Problems do not stay on top of a sorted list. */
  mixed: boolean;
  folded: ReadonlySet<string>;
  /** First shown column of a matrix. */
  column: number;
  utc: boolean;
  interval_s: number;
  /** A sentence about the last key; goes with the next one. */
  said: string;
}

/** As the screen opens. */
export function firstUi(utc: boolean, interval_s: number): Ui {
  return {
    ...{ tab: 0, pages: [], scroll: 0, cursor: {}, mode: 'browse', filter: '', command: '', problems: false, preview: null },
    ...{ sort: {}, mixed: false, folded: new Set<string>(), column: 0, utc, interval_s, said: '' },
  };
}
