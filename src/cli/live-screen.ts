import type { Inventory, NodeConfig } from '../fleet/node-config.ts';
import type { Recording } from '../fleet/replay.ts';

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
