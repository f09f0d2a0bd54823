import type { Severity } from '../../core/rule.ts';

/** From which severity on findings end a command with exit code 1. */
export type FailOn = Severity | 'never';

/** How the answer is written. */
export type Form = 'table' | 'wide' | 'json' | 'yaml';

/** What the words of `ward monitor` ask for. */
export interface Wants {
  /** `cluster`, `alerts` …, or a subsystem's name. */
  view: string;
  env: string | null;
  node: readonly string[];
  tag: readonly string[];
  role: readonly string[];
  ssh: readonly string[];
  config: string | null;
  form: Form;
  timeout_s: number;
  /** Ask no agent, but the node's own Node.js or shell. */
  agentless: boolean;
  /** Ask the person for the password of nodes that have neither key nor password. */
  askPassword: boolean;
  /** Null: the view's own. */
  failOn: FailOn | null;
  /** A folder with recorded reports that stands for the nodes; null for the nodes themselves. */
  replay: string | null;
  /** Files and folders of reports, or `-`. */
  from: readonly string[];
  /** Seconds between two rounds of the live screen. */
  interval_s: number;
  /** Seconds between rounds; null for one round. */
  watch_s: number | null;
  all: boolean;
  utc: boolean;
  nagios: boolean;
}
