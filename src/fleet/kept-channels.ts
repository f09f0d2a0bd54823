import { existsSync } from 'node:fs';
import { DOUBTED, type Held, reportAfter } from './followed.ts';
import { USER } from './install/places.ts';
import { type Asked, type Asking, askNode, begun, MOST_OUTPUT, type Round } from './ssh/ask-node.ts';
import { FollowChannel, type Said } from './ssh/follow-channel.ts';
import { keepingFor } from './ssh/keeping.ts';
import { type Outcome, outcomeOf } from './ssh/outcome.ts';
import { forcedCommand, remoteCommand } from './ssh/remote-command.ts';
import type { Target } from './ssh/words.ts';

/** One channel to each node, for whoever asks them again and again. */
export interface KeptChannels {
  /** Asks for a report as `askNode` does, over the node's channel where it has one. */
  ask: (target: Target, round: Round, asking: Asking) => Promise<Asked>;
  close(): void;
}

/** No channel is made by itself: a node's first answer leaves a connection, and the next question finds it there. */
export function keptChannels(): KeptChannels {
  const nodes = new Map<string, NodeChannel>();
  return {
    ask(target, round, asking) {
      const { path } = keepingFor(target, round.folder);
      if (path === null) return askNode(target, round, asking);
      const node = nodes.get(path) ?? new NodeChannel(path);
      nodes.set(path, node);
      return node.ask(target, round, asking);
    },
    close() {
      for (const node of nodes.values()) node.close();
    },
  };
}

/** A channel that failed is tried again after this, twice as long after each further failure, and as much again by chance. */
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 120_000;
/** An agent that lacks the word may be a newer one by then. */
const LACKING_MS = 600_000;
/** With less time left a node is not asked in another way. */
const SHORTEST_MS = 1_000;

/** The channel to one node, and the last report that came on it. */
class NodeChannel {
  readonly #path: string;
  #channel: FollowChannel | null = null;
  #held: Held | null = null;
  #failures = 0;
  /** Of performance.now(): until then the node is asked without a channel. */
  #rests_until_ms = 0;
  #command: typeof remoteCommand | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  close(): void {
    this.#channel?.close();
    this.#channel = null;
    this.#held = null;
  }

  async ask(target: Target, round: Round, asking: Asking): Promise<Asked> {
    if (!this.#isReady()) return askNode(target, round, asking);
    this.#command ??= target.node.user === USER ? forcedCommand : remoteCommand;
    const asked = await this.#overChannel(round, asking);
    if (asked.outcome.kind === 'report') {
      this.#failures = 0;
      return asked;
    }
    this.close();
    const again = this.#restOr(asked.outcome, asked.stderr);
    if (again) return this.ask(target, round, asking);
    const hopeless = round.signal?.aborted === true || asking.end_ms - performance.now() < SHORTEST_MS;
    return hopeless ? asked : askNode(target, round, asking);
  }

  /** Where a channel stands, or may be made over a connection that is there. */
  #isReady(): boolean {
    return this.#channel?.stands === true || (performance.now() >= this.#rests_until_ms && existsSync(this.#path));
  }

  /** Whether there is another command to try at once; else no channel is made for a while. */
  #restOr(outcome: Outcome, stderr: string): boolean {
    if (outcome.kind === 'failure' && outcome.forced === true && this.#command !== forcedCommand) {
      this.#command = forcedCommand;
      return true;
    }
    const lacks = /^ward: there is no follow\b/m.test(stderr) || (outcome.kind === 'failure' && outcome.cause === 'no-agent');
    const pause_ms = lacks ? LACKING_MS : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#rests_until_ms = performance.now() + pause_ms * (1 + Math.random());
    return false;
  }

  async #overChannel(round: Round, asking: Asking): Promise<Asked> {
    const first = await this.#once(round, asking, this.#held?.digest ?? '-');
    if (first.outcome.kind !== 'report') return first;
    const next = reportAfter(first.outcome.text, this.#held);
    if (typeof next !== 'string') return this.#taken(first, next);
    // What we have and what it has are not the same any more.
    this.#held = null;
    const whole = await this.#once(round, asking, '-');
    if (whole.outcome.kind !== 'report') return whole;
    const report = reportAfter(whole.outcome.text, DOUBTED);
    return typeof report === 'string'
      ? { ...whole, outcome: { kind: 'failure', cause: 'not-a-report', message: report } }
      : this.#taken(whole, report);
  }

  #taken(asked: Asked, held: Held): Asked {
    this.#held = held;
    return asked.outcome.kind === 'report' ? { ...asked, outcome: { ...asked.outcome, text: '', value: held.value } } : asked;
  }

  async #once(round: Round, asking: Asking, base: string): Promise<Asked> {
    const { limits, asked_at_ms } = begun(round, asking);
    const said = await this.#opened().ask(base, limits());
    const { outcome, stderr } = heard(said, Math.round(round.timeout_ms / 1000));
    return { outcome, stderr, asked_at_ms: asked_at_ms(), answered_at_ms: Date.now(), address: null, notes: [] };
  }

  #opened(): FollowChannel {
    if (this.#channel?.stands === true) return this.#channel;
    const command = this.#command ?? remoteCommand;
    this.#held = null;
    this.#channel = new FollowChannel(this.#path, (nonce) => command(nonce, ['follow']), MOST_OUTPUT);
    return this.#channel;
  }
}

function heard({ nonce, ran }: Said, over_s: number): { outcome: Outcome; stderr: string } {
  if ('stdout' in ran) return { outcome: outcomeOf(ran, nonce, over_s), stderr: ran.stderr };
  return { outcome: { kind: 'failure', cause: 'reset', message: 'its kept connection is gone' }, stderr: '' };
}
