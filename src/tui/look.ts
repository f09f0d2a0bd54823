import type { NodeSnapshot } from '../core/snapshot.ts';
import type { Terminal } from '../cli/render/terminal.ts';
import type { Round } from '../cli/monitor/round.ts';
import type { AlertLog } from './alert-log.ts';
import type { Curves } from './curves.ts';

/** How the rounds stand. */
export interface Progress {
  /** Nodes that have not answered in the round that runs, with what they wait for. */
  waiting: ReadonlyMap<string, string>;
  /** When the round that runs began; null between rounds. */
  begun_ms: number | null;
  /** When the next one begins; null while one runs, and where none will. */
  next_ms: number | null;
  /** Why the last round came to nothing; empty if it did not. */
  failed: string;
  /** No round is over yet. */
  first: boolean;
}

/** Everything that frames are drawn from, but for what the person does with the screen. Never changes once it is made. */
export interface Look {
  round: Round;
  progress: Progress;
  /** The last report of each node that ever gave one. */
  last: ReadonlyMap<string, NodeSnapshot>;
  curves: Curves;
  log: AlertLog;
  /** What one types behind `ssh` for each node; null for this machine. */
  reach: ReadonlyMap<string, string | null>;
  /** When the first round was taken. */
  since_ms: number;
  interval_s: number;
  /** All of the inventory. */
  environments: readonly string[];
}

/** What a frame is drawn for: the terminal, and the time. */
export interface Frame {
  terminal: Terminal;
  columns: number;
  rows: number;
  now_ms: number;
  utc: boolean;
  /** How long lists may take that are not made yet; until then the last ones are shown. */
  patience_ms: number;
}

/** Below this a tab's short name is shown, and columns come closer. */
export const NARROW = 100;
/** From this on the wide columns are shown. */
export const WIDE = 180;
