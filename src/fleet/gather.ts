import type { Failure, NodeSnapshot, Snapshot } from '../core/snapshot.ts';
import { type Ways, reportFrom } from './agentless/report-from.ts';
import type { Asked, Asking, Round } from './ssh/ask-node.ts';
import { failureAt } from './ssh/failure-at.ts';
import { ownKnownHostsThere } from './ssh/own-places.ts';
import { roundOf, targetIn } from './ssh/round-of.ts';
import { line } from './ssh/outcome.ts';
import type { Target } from './ssh/words.ts';
import { inTurn } from '../core/in-turn.ts';
import { meanwhile } from './meanwhile.ts';
import type { Inventory, NodeConfig } from './node-config.ts';
import { localSnapshot } from './local-snapshot.ts';
import { ownNetwork } from './own-network.ts';

/** Where one node stands in the round. */
export interface Progress {
  node: string;
  state: 'waiting' | 'connected' | 'answered' | 'failed';
  /** The failure's sentence, else empty. */
  text: string;
}

export interface GatherOptions extends Ways {
  /** For each node, from its login to the end of its report. */
  timeout_ms: number;
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Told of each node as soon as it answered or failed, long before the last one has. */
  onNode?: (node: NodeSnapshot) => void;
}

/** Asks all nodes at once, each within its own time, and never rejects for a node's fault: what did not answer says why. */
export async function gather(inventory: Inventory, nodes: readonly NodeConfig[], options: GatherOptions): Promise<Snapshot> {
  const begun_ms = performance.now();
  const taken_at_ms = Date.now();
  const tell = options.onProgress ?? (() => undefined);
  const ask = asking(inventory, nodes, options, tell);
  const asked = await inTurn(nodes, inventory.ssh.at_once, async (node, at) => {
    tell({ node: node.name, state: 'waiting', text: '' });
    // Those of the first turn are asked with the round; what this machine needs to start them all is no reason for it to last longer.
    const snapshot = await ask(node, at < inventory.ssh.at_once ? begun_ms : performance.now());
    tell({ node: node.name, state: snapshot.failure === null ? 'answered' : 'failed', text: snapshot.failure?.message ?? '' });
    options.onNode?.(snapshot);
    return snapshot;
  });
  const environments = new Set(nodes.map(({ environment }) => environment));
  return {
    environment: environments.size === 1 ? ([...environments][0] ?? null) : null,
    taken_at_ms,
    duration_ms: Math.round(performance.now() - begun_ms),
    nodes: asked,
    ...(asked.some(({ failure }) => failure !== null) ? { own_network: ownNetwork() } : {}),
  };
}

function asking(inventory: Inventory, nodes: readonly NodeConfig[], options: GatherOptions, tell: (progress: Progress) => void) {
  const remote = nodes.some(({ host, given }) => host !== null && given === undefined) ? roundOf(options) : null;
  const reader = remote === null ? null : meanwhile(() => import('./report/read-report.ts'));
  const own_known_hosts = ownKnownHostsThere();
  return async (node: NodeConfig, begun_ms: number): Promise<NodeSnapshot> => {
    if (node.given !== undefined) return (await import('./given-reports.ts')).givenSnapshot(node, node.given);
    if (node.host === null || remote === null || reader === null) return localSnapshot(node);
    const target = targetIn(inventory, node, own_known_hosts);
    const question: Asking = {
      words: ['report'],
      end_ms: begun_ms + remote.timeout_ms,
      onLogin: () => tell({ node: node.name, state: 'connected', text: '' }),
    };
    return snapshotOf(target, await reportFrom(target, remote, question, options), remote, reader);
  };
}

type Reader = typeof import('./report/read-report.ts');

async function snapshotOf(target: Target, asked: Asked, round: Round, reader: Promise<Reader>): Promise<NodeSnapshot> {
  const { node } = target;
  const { outcome, asked_at_ms, answered_at_ms } = asked;
  const base = { ...placeOf(node), asked_at_ms, answered_at_ms, address: asked.address };
  const without = async (failure: Promise<Failure> | Failure): Promise<NodeSnapshot> => ({
    ...base,
    via: 'ward',
    profile: 'default',
    report: null,
    failure: await failure,
    notes: asked.notes,
  });
  if (outcome.kind === 'failure') return without(failureAt(target, asked, outcome, round));
  if (outcome.kind === 'refused') {
    const message = `its agent refuses: ${line(outcome.text)}`;
    return without(failureAt(target, asked, { kind: 'failure', cause: 'agent-broken', message }, round));
  }
  const { readReport, readValue } = await reader;
  const read = outcome.value === undefined ? readReport(outcome.text) : readValue(outcome.value);
  if (read.kind === 'refused')
    return without(failureAt(target, asked, { kind: 'failure', cause: read.cause, message: read.message }, round));
  const { report } = read;
  const via = outcome.via === 'sent' || outcome.via === 'shell' ? outcome.via : read.via;
  const profile = report.profile === 'orama' ? 'orama' : 'default';
  return { ...base, via, profile, report, failure: null, notes: [...asked.notes, ...outcome.notes] };
}

/** What the inventory alone says of a node: a report never renames it. */
function placeOf({ name, host, environment, role, tags, groups }: NodeConfig) {
  return { name, host, environment, role, tags, groups };
}
