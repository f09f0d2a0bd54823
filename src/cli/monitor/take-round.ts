import { EXIT, Refusal } from '../../core/refusal.ts';
import type { KeptChannels } from '../../fleet/kept-channels.ts';
import type { Inventory, NodeConfig } from '../../fleet/node-config.ts';
import type { Recording } from '../../fleet/replay.ts';
import type { Io } from '../io.ts';
import { gather } from '../../fleet/gather.ts';
import { meanwhile } from '../../fleet/meanwhile.ts';
import { progressLine } from './progress.ts';
import type { Round } from './round.ts';
import type { Wants } from './wants.ts';

/** Each node has its own deadline; a round that is not over this long after it never will be. */
const GRACE_MS = 10_000;

/** What a round asks. */
export interface RoundOf {
  inventory: Inventory;
  nodes: readonly NodeConfig[];
  shown: ReadonlySet<string>;
  /** Its last round stands for a look at the nodes. */
  recording: Recording | null;
  wants: Pick<Wants, 'timeout_s' | 'agentless'>;
  /** For whoever takes one round after the other. */
  channels?: KeptChannels;
}

/** Asks all nodes at once and holds the rules against their answers, with progress on standard error. */
export async function takeRound(
  io: Io,
  { inventory, nodes, shown, recording, channels, wants: { timeout_s, agentless } }: RoundOf,
): Promise<Round> {
  if (recording !== null) {
    const snapshot = await recording.round(recording.rounds - 1);
    return { snapshot, ...(await rules()).judged(snapshot, inventory.settings), shown };
  }
  const progress = progressLine(
    io,
    nodes.map(({ name }) => name),
  );
  try {
    const gathered = gather(inventory, nodes, {
      timeout_ms: timeout_s * 1000,
      ...(agentless ? { agentless: 'only' } : {}),
      signal: io.signal,
      ...(channels === undefined ? {} : { ask: channels.ask }),
      onProgress: ({ node, state }) => {
        if (state === 'answered' || state === 'failed') progress.answered(node);
      },
    });
    const judging = meanwhile(rules);
    const snapshot = await within(gathered, Math.ceil(nodes.length / inventory.ssh.at_once) * timeout_s * 1000 + GRACE_MS);
    return { snapshot, ...(await judging).judged(snapshot, inventory.settings), shown };
  } finally {
    progress.end();
  }
}

/** All rules, and with them all subsystems. */
function rules() {
  return import('./judged.ts');
}

function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Refusal(EXIT.deadline, `the round did not end within ${ms / 1000} s`)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
