import { fileURLToPath } from 'node:url';
import type { NodeSnapshot } from '../../core/snapshot.ts';
import { type Asked, type Asking, askNode, type Round } from '../ssh/ask-node.ts';
import type { Target } from '../ssh/words.ts';

/** By which ways a node may be asked. */
export interface Ways {
  /** Without it a node on which no agent is found is asked without one; `only` looks for none, `never` does not do without. */
  agentless?: 'only' | 'never';
  /** The agent that is sent along; without it the one beside this ward's own code. */
  bundle?: string;
  /** How its agent is asked: for whoever asks again and again, over channels that are kept. */
  ask?: typeof askNode;
}

/** Where the bundled ward lies, its agent lies too. */
const BUNDLE = fileURLToPath(new URL('agent.cjs', import.meta.url));

/** A node's report: from its agent; where none is found, or none is to be asked, from one that is sent along, or from its shell. */
export async function reportFrom(
  target: Target,
  round: Round,
  asking: Asking,
  { agentless, bundle = BUNDLE, ask = askNode }: Ways,
): Promise<Asked> {
  const asked = agentless === 'only' ? null : await ask(target, round, asking);
  if (asked !== null && (agentless === 'never' || !lacksAgent(asked))) return asked;
  const { askShell } = await import('./ask-shell.ts');
  const told = await askShell(target, round, { ...asking, bundle });
  // That there is no agent is then the better sentence.
  if (told.outcome.kind !== 'report') return asked ?? told;
  const missed = asked === null ? [] : asked.notes;
  return { ...told, notes: [...missed, ...told.notes, noteOn(told.outcome.via, asked !== null)] };
}

function lacksAgent({ outcome }: Asked): boolean {
  return outcome.kind === 'failure' && outcome.cause === 'no-agent';
}

function noteOn(via: NodeSnapshot['via'], was_missed: boolean): string {
  const how =
    via === 'sent'
      ? 'one was sent along and run from memory, and nothing of it stays'
      : 'its own shell was asked, and nothing is put there';
  return `${was_missed ? 'No agent is installed there' : 'No agent was looked for'}: ${how}.`;
}
