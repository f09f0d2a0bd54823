import type { Inventory, NodeConfig } from '../fleet/node-config.ts';
import type { Recording } from '../fleet/replay.ts';
import type { Io } from './io.ts';

/** What the live screen shows. */
export interface LiveOf {
  inventory: Inventory;
  nodes: readonly NodeConfig[];
  shown: ReadonlySet<string>;
  environment: string | null;
  timeout_s: number;
  /** Ask no agent, but the nodes' own Node.js or shell. */
  agentless: boolean;
  interval_s: number;
  utc: boolean;
  /** Shown in place of the nodes themselves; null for the real ones. */
  recording: Recording | null;
}

/** The live screen: holds the terminal until the person quits, and gives the exit code. It stands above the command line and is handed to it. */
export type Live = (io: Io, of: LiveOf) => Promise<number>;
