import type { ProfileName } from './profile.ts';
import type { Report } from './report.ts';

/** Why a node gave no report. Each has its own sentence and next step. */
export type FailureCause =
  | 'dns'
  | 'refused'
  | 'reset'
  | 'unreachable'
  | 'timeout'
  | 'handshake'
  | 'host-key-unknown'
  | 'host-key-changed'
  | 'authentication'
  | 'throttled'
  | 'sudo'
  | 'no-agent'
  | 'agent-broken'
  | 'truncated'
  | 'too-large'
  | 'not-a-report'
  | 'replay'
  | 'hung'
  | 'version'
  | 'other';

export interface Failure {
  cause: FailureCause;
  /** A sentence: `connection timed out after 5 s`. May carry text of the node. */
  message: string;
  /** One command that only looks, or a sentence; empty if there is none. */
  next: string;
  /** The jump host at which the way to the node broke off, by its name as a node; absent where that is not the trouble. */
  at?: string;
}

/** One node of the inventory with what it answered in this round. */
export interface NodeSnapshot {
  /** The name by which people know it, unique in the snapshot. */
  name: string;
  /** Where it was asked; null for this machine. */
  host: string | null;
  environment: string | null;
  role: string;
  tags: readonly string[];
  groups: readonly string[];
  /** What made the report: ward here or there, the original program, an agent that was sent along and not installed, or ward here through the node's own shell. */
  via: 'local' | 'ward' | 'orama' | 'sent' | 'shell';
  profile: ProfileName;
  report: Report | null;
  failure: Failure | null;
  /** Unix milliseconds of our own clock around the asking: its middle is compared with the node's clock. */
  asked_at_ms: number;
  answered_at_ms: number;
  /** The address that ssh reached in the end; absent where it is not known. */
  address?: string | null;
  /** Sentences that do no harm to the report: noise before it, a password in use. */
  notes: readonly string[];
}

/** Whether the machine that asks has a way out itself; null where that is not known. */
export interface OwnNetwork {
  default_route: boolean | null;
  gateway: string | null;
  /** Whether the gateway answered when it was last looked for on the wire. */
  gateway_answers: boolean | null;
}

/** The fleet at one time. */
export interface Snapshot {
  environment: string | null;
  /** Unix milliseconds. */
  taken_at_ms: number;
  duration_ms: number;
  nodes: readonly NodeSnapshot[];
  /** Looked at where some node gave no report. */
  own_network?: OwnNetwork;
}
