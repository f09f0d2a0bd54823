import { randomBytes } from 'node:crypto';
import { frameUntilEnd } from '../../agent/read-frame.ts';
import { type NoMaster, noMaster, ranOnKept } from './kept-connection.ts';
import { type MuxChannel, type Over, openChannel, type Told } from './mux-channel.ts';
import type { Limits, Ran } from './run-ssh.ts';

/** What one line on a channel was answered with. */
export interface Said {
  /** Of the line, and so of its frame. */
  nonce: string;
  ran: Ran | NoMaster;
}

/** Beyond the longest answer the node may send so much noise. */
const MARGIN = 64 * 1024;
/** So many of the longest answers fit into the window: it is widened when one of them is used up, and not after each answer. */
const WINDOWS = 2;
const MOST_ERRORS = 64 * 1024;

/** The line that is open. */
interface Open {
  nonce: string;
  line: string;
  limits: Limits;
  found: ReturnType<typeof frameUntilEnd>;
  end(ran: Ran | NoMaster): void;
}

/** An agent that follows on a node, over the connection that is kept at a path. One line at a time. */
export class FollowChannel {
  readonly #channel: MuxChannel;
  #nonce = newNonce();
  #begun = false;
  #over: Over | null = null;
  #open: Open | null = null;
  #errors = '';
  /** Bytes for which the window was not yet widened. */
  #received = 0;

  /** `command` gives the line for the node, by the nonce of the first ask; `most` is the longest answer in bytes. */
  constructor(path: string, command: (nonce: string) => string, most: number) {
    this.#channel = openChannel(path, { command: command(this.#nonce), window: WINDOWS * (most + MARGIN) }, this.#told());
  }

  /** Whether it can be asked again. Anything but a whole frame ends it, for nobody knows to which line belongs what comes then. */
  get stands(): boolean {
    return this.#over === null;
  }

  close(): void {
    this.#over ??= { kind: 'lost' };
    this.#channel.leave();
  }

  /** Asks with the digest of the report that we have, or `-`. Never rejects. */
  ask(base: string, limits: Limits): Promise<Said> {
    const nonce = this.#nonce;
    this.#nonce = newNonce();
    return new Promise((resolve) => {
      const abort = () => this.#stop('aborted');
      const deadline = setTimeout(() => this.#stop('deadline'), limits.ms);
      const end = (ran: Ran | NoMaster) => {
        clearTimeout(deadline);
        limits.signal?.removeEventListener('abort', abort);
        this.#ended();
        resolve({ nonce, ran });
      };
      this.#open = { nonce, line: `report ${nonce} ${base}\n`, limits, found: frameUntilEnd(nonce), end };
      limits.signal?.addEventListener('abort', abort, { once: true });
      if (this.#over !== null) end({ master: 'none' });
      else if (limits.signal?.aborted === true) abort();
      else if (this.#begun) this.#send();
    });
  }

  #told(): Told {
    return {
      begun: () => {
        this.#begun = true;
        this.#send();
      },
      output: (chunk) => this.#take(chunk),
      errors: (text) => {
        this.#errors += text.slice(0, MOST_ERRORS - this.#errors.length);
      },
      over: (how) => {
        this.#over = how;
        const exit = how.kind === 'closed' ? how.exit : null;
        this.#open?.end(how.kind === 'none' || how.kind === 'hung' ? noMaster(how) : this.#heard('exit', exit));
      },
    };
  }

  #send(): void {
    if (this.#open === null) return;
    this.#open.limits.onLogin?.();
    this.#channel.send(this.#open.line);
  }

  #take(chunk: Buffer): void {
    this.#received += chunk.length;
    if (this.#open === null) return;
    const { found, limits, end } = this.#open;
    if (found.add(chunk) !== null) end(this.#heard('exit', null));
    else if (found.bytes() > limits.bytes) this.#stop('too-large');
  }

  #heard(end: Ran['end'], exit: number | null): Ran {
    return ranOnKept(this.#open?.found.all() ?? Buffer.alloc(0), this.#errors, end, exit);
  }

  #stop(end: Ran['end']): void {
    const ran = this.#heard(end, null);
    this.close();
    this.#open?.end(ran);
  }

  #ended(): void {
    if (this.#open !== null && this.#received > this.#open.limits.bytes) {
      this.#channel.widen(this.#received);
      this.#received = 0;
    }
    this.#open = null;
    this.#errors = '';
  }
}

function newNonce(): string {
  return randomBytes(16).toString('hex');
}
