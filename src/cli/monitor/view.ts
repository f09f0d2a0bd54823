import type { Page } from '../render/page.ts';
import type { Terminal } from '../render/terminal.ts';
import type { Round } from './round.ts';
import type { FailOn, Wants } from './wants.ts';

/** What a view is drawn from beside the round. */
export interface Drawing {
  terminal: Terminal;
  wants: Wants;
  /** What one types behind `ssh` for each node; null for this machine. */
  reach: ReadonlyMap<string, string | null>;
}

/** One way to look at a round: as a page for people, and as JSON. */
export interface View {
  page(round: Round, drawing: Drawing): Page;
  json(round: Round, wants: Wants): unknown;
  failOn: FailOn;
}
