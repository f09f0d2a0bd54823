import { programChannel } from '../../hosts/shell/channel.ts';
import { Conversation } from '../../hosts/shell/conversation.ts';
import { START } from '../../hosts/shell/program.ts';
import { MOST_OUTPUT, notStarted, type Round, sshStart } from '../ssh/ask-node.ts';
import { keepingFor } from '../ssh/keeping.ts';
import type { Ran } from '../ssh/run-ssh.ts';
import { waitsForName } from '../ssh/stuck-at.ts';
import type { Target } from '../ssh/words.ts';

const MOST_ERRORS = 64 * 1024;

/** One login to the shell of a node, with all that must be known to say why nothing came of it. */
export class Login {
  readonly talk: Conversation;
  /** Fulfilled when nothing more comes: with what a run of ssh left behind. */
  readonly over: Promise<Ran>;
  /** Of the agent that was sent along; empty where none was. */
  nonce = '';
  #output: Buffer[] = [];
  #bytes = 0;
  #errors = '';
  readonly #close: () => void;

  /** Until `end_ms` of performance.now(). */
  constructor(target: Target, round: Round, end_ms: number) {
    const { promise, resolve } = Promise.withResolvers<Ran>();
    this.over = promise;
    const start = sshStart(target, round, { command: START, way: keepingFor(target, round.folder) });
    const [words, env] = 'problem' in start ? [[], {}] : [start.words, start.env];
    if ('problem' in start) resolve(notStarted(start.problem));
    this.talk = new Conversation(programChannel(round.program, words, { env }), {
      heard: (chunk) => this.#hear(chunk) || resolve(this.#ran('too-large')),
      errors: (text) => {
        this.#errors += text.slice(0, Math.max(0, MOST_ERRORS - this.#errors.length));
      },
      ended: (exit) => resolve(this.#ran('exit', exit)),
    });
    const timer = setTimeout(() => resolve(this.#ran('deadline')), Math.max(0, end_ms - performance.now()));
    const abort = () => resolve(this.#ran('aborted'));
    round.signal?.addEventListener('abort', abort, { once: true });
    this.#close = () => {
      clearTimeout(timer);
      round.signal?.removeEventListener('abort', abort);
    };
  }

  /** What ssh has said so far. */
  get errors(): string {
    return this.#errors;
  }

  /** Has the Node.js there run this source; what it prints is the rest of what comes. */
  handOver(node: string, source: Buffer): void {
    this.nonce = this.talk.handOver(node, source);
  }

  close(): void {
    this.#close();
    this.talk.end();
  }

  /** Of answers nothing is kept; of the agent's frame all, up to its limit. */
  #hear(chunk: Buffer): boolean {
    if (this.nonce === '') return true;
    this.#output.push(chunk);
    this.#bytes += chunk.length;
    return this.#bytes <= MOST_OUTPUT;
  }

  #ran(end: Ran['end'], exit: number | null = null): Ran {
    const in_name_lookup = end === 'deadline' && waitsForName(this.talk.pid) === true;
    return { stdout: Buffer.concat(this.#output), stderr: this.#errors, exit, end, in_name_lookup };
  }
}
