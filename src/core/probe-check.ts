import type { NodeSnapshot } from './snapshot.ts';

/** One thing to have a node try, for a check that no report can answer. */
export interface Trial {
  kind: 'mesh-ping' | 'tcp' | 'dns' | 'tls';
  /** As the kind's target is written. */
  target: string;
  /** What the result is about on its node: a zone, a name; empty where each result says so itself. */
  subject: string;
}

/** What an inspection has nodes try, in place of rules on their reports. */
export interface ProbeCheck {
  /** The node tries something itself, or other nodes of the fleet try to reach it: up to so many of them. */
  by: 'itself' | 'others';
  most: number;
  /** Whether each result must pass, as every link of a mesh, or any one, as of a server that somebody reaches. */
  enough: 'each' | 'any';
  /** What is tried about this node, given the address at which others know it; none where there is nothing to try. */
  trials(node: NodeSnapshot, address: string): readonly Trial[];
  /** Of a trial with several results, the one that counts: `SOA`. Every one where none is named. */
  result?: string;
  /** What could not be done, as a sentence goes on behind the node's name: `does not answer for SOA of`. */
  failed: string;
}
