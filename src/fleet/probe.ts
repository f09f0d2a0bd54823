import * as z from 'zod/mini';
import { type ProbeAnswer, PROBE_KINDS, type ProbeKind, probeIn } from '../core/probe.ts';
import { Refusal } from '../core/refusal.ts';
import type { Failure } from '../core/snapshot.ts';
import type { Inventory, NodeConfig } from './node-config.ts';
import { boundedJson } from './report/bounded-json.ts';
import { askNode } from './ssh/ask-node.ts';
import { failureAt } from './ssh/failure-at.ts';
import { line } from './ssh/outcome.ts';
import { roundOf, targetIn } from './ssh/round-of.ts';

/** What came of a probe: the node's answer, or why there is none. Text in either may be the node's own. */
export type Probed =
  | { kind: 'answer'; answer: ProbeAnswer }
  /** The node knows the question and does not try it; a sentence says why. */
  | { kind: 'refused'; message: string }
  /** Its agent is older, or a program that only reports. */
  | { kind: 'unknown'; message: string }
  | { kind: 'failed'; failure: Failure };

export interface ProbeOptions {
  inventory: Inventory;
  /** From the login to the end of the answer. */
  timeout_ms: number;
  signal?: AbortSignal;
}

const link = z.object({ subject: z.string(), issuer: z.string(), not_before_s: z.number(), not_after_s: z.number() });
const result = z.object({
  subject: z.string(),
  passed: z.nullable(z.boolean()),
  reason: z.string(),
  by: z.enum(['ping', 'tcp', 'dns', 'tls']),
  took_ms: z.nullable(z.number()),
  records: z.array(z.string()),
  chain: z.nullable(z.object({ trusted: z.boolean(), distrust: z.string(), names: z.array(z.string()), links: z.array(link) })),
});
const SHAPE = z.object({
  probe: z.enum(PROBE_KINDS),
  target: z.string(),
  timestamp: z.string(),
  version: z.string(),
  results: z.nullable(z.array(result)),
  reason: z.string(),
});

/**
 * Has a node try something from where it stands, over its kept connection where there is one; a target that is written wrongly is refused with how it is written.
 * Never rejects for the node's fault. One call is one question: who asks many keeps them to `inventory.ssh.at_once`.
 */
export async function probe(node: NodeConfig, kind: ProbeKind, target: string, options: ProbeOptions): Promise<Probed> {
  const read = probeIn(kind, target);
  if (typeof read === 'string') return { kind: 'refused', message: read };
  if (node.given !== undefined) return { kind: 'unknown', message: 'its report was given, and it is not asked' };
  if (node.host === null) return probedHere(kind, target);
  const way = targetIn(options.inventory, node);
  const round = roundOf(options);
  const asked = await askNode(way, round, { words: ['probe', kind, target], end_ms: performance.now() + options.timeout_ms });
  const { outcome, stderr } = asked;
  if (outcome.kind === 'refused') return { kind: 'refused', message: refusalIn(outcome.text) };
  if (outcome.kind === 'report') return answerIn(outcome.text, kind, target);
  if (isOlder(stderr))
    return { kind: 'unknown', message: `its agent is older than this ward and knows no probes; next: ward node upgrade ${node.name}` };
  return { kind: 'failed', failure: await failureAt(way, asked, outcome, round) };
}

/** What an agent says that does not know a word. */
function isOlder(stderr: string): boolean {
  return /^ward: there is no (?:probe|follow)\b/m.test(stderr);
}

async function probedHere(kind: ProbeKind, target: string): Promise<Probed> {
  const { localProbe } = await import('../agent/probe.ts');
  try {
    return { kind: 'answer', answer: await localProbe(kind, target) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', message: error.message };
    throw error;
  }
}

function refusalIn(text: string): string {
  const { refused } = (valueIn(text) ?? {}) as { refused?: unknown };
  return typeof refused === 'string' ? line(refused, 400) : 'it refuses, and does not say why';
}

/** Only what was asked for is an answer. */
function answerIn(text: string, kind: ProbeKind, target: string): Probed {
  const { success, data } = SHAPE.safeParse(valueIn(text));
  if (success && data.probe === kind && data.target === target) return { kind: 'answer', answer: data };
  return {
    kind: 'failed',
    failure: { cause: 'not-a-report', message: `what it sent is no answer to this probe: ${line(text)}`, next: '' },
  };
}

function valueIn(text: string): unknown {
  const bounded = boundedJson(text);
  return bounded.kind === 'value' ? bounded.value : null;
}
