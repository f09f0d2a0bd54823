import type { FailOn, Wants } from '../monitor/wants.ts';

/** What the words of `ward inspect` ask for. */
export interface InspectWants
  extends Pick<
    Wants,
    'env' | 'node' | 'tag' | 'role' | 'ssh' | 'config' | 'replay' | 'from' | 'timeout_s' | 'utc' | 'nagios' | 'agentless' | 'askPassword'
  > {
  /** Names of subsystems; empty for all. */
  subsystem: readonly string[];
  format: 'table' | 'json' | 'markdown' | 'junit';
  failOn: FailOn;
  verbose: boolean;
  /** A folder to save the results in. */
  output: string | null;
  ai: AiWants | null;
}

/** What is asked of a language model. */
export interface AiWants {
  url: string | null;
  model: string | null;
  dryRun: boolean;
  timeout_s: number;
}
