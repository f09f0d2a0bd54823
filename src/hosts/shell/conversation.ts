import { randomBytes } from 'node:crypto';
import { notAsked, timedOut, type Unknown } from '../../core/unknown.ts';
import { steadyMs } from '../steady-ms.ts';
import type { Channel, Open } from './channel.ts';
import { PROGRAM } from './program.ts';
import { replies, type Reply } from './replies.ts';
import { isJob, type Request, requestText, urgency } from './request.ts';

/** A question that the shell has not answered yet. */
interface Owed {
  id: number;
  request: Request;
  settle(answer: Reply | Unknown): void;
}

/** While a question that is answered in turn is owed and not a byte has come for so long, it hangs, and holds up all others. */
const SILENT_MS = 2_000;
const CHECK_MS = 100;
/** A shell that hangs or ends is replaced; so many, and then the host is given up. */
const MOST_SHELLS = 4;
/** Programs that run there at the same time. */
const MOST_JOBS = 32;

/** Who is told of what comes beside answers. */
export interface Listener {
  /** All that comes, before it is cut into answers. */
  heard?(chunk: Buffer): void;
  errors?(text: string): void;
  /** There will be no other shell. */
  ended?(exit: number | null): void;
}

/**
 * A talk with the shell of a host: questions of one turn go out together and are answered in any order, each within its own time. When the shell ends or
 * hangs, another one is opened, and what is owed is asked once more, without the question that did it.
 */
export class Conversation {
  readonly #open: Open;
  readonly #listener: Listener;
  readonly #owed = new Map<number, Owed>();
  #waiting: Owed[] = [];
  #outbox: Owed[] = [];
  #channel: Channel | null = null;
  #nonce = '';
  #shells = 0;
  #lastId = 0;
  #heardAt_ms = 0;
  #hasAnswered = false;
  #over: Unknown | null = null;
  #watch: NodeJS.Timeout | null = null;

  constructor(open: Open, listener: Listener = {}) {
    this.#open = open;
    this.#listener = listener;
  }

  /** The answer, or an Unknown once the question's own time is over. */
  ask(request: Request): Promise<Reply | Unknown> {
    if (this.#over !== null) return Promise.resolve(this.#over);
    return new Promise((resolve) => {
      this.#lastId += 1;
      const id = this.#lastId;
      const timer = setTimeout(() => late(), request.ms);
      const late = () => {
        // What hangs is somebody else's question: it is found out in a moment, and this one is put again.
        if (this.#isHeldUp(id)) timer.refresh();
        else settle(timedOut(request.late));
      };
      const settle = (answer: Reply | Unknown) => {
        clearTimeout(timer);
        resolve(answer);
      };
      this.#put({ id, request, settle });
    });
  }

  /** Hands the channel over to a program there, which reads this as its source; from then on nothing can be asked. Gives the nonce that it was told. */
  handOver(program: string, source: Buffer): string {
    this.#channel?.write(requestText(0, { kind: 'sent', words: [program], ms: 1, late: '', bytes: 0 }));
    this.#channel?.write(source);
    this.#channel?.finish();
    this.#over = notAsked('failed', 'the channel to the host was handed over');
    return this.#nonce;
  }

  /** The process by which the host is reached; 0 while there is none. */
  get pid(): number {
    return this.#channel?.pid ?? 0;
  }

  /** Ends the shell; what is owed is not known. */
  end(why = 'the shell there was not needed any more'): void {
    if (this.#over === null) this.#giveUp(why);
    this.#channel?.close();
    this.#channel = null;
  }

  #put(owed: Owed): void {
    if (this.#outbox.length === 0) setImmediate(() => this.#flush());
    this.#outbox.push(owed);
  }

  #flush(): void {
    if (this.#over !== null) return;
    if (this.#channel === null) this.#start();
    const all = [...this.#waiting, ...this.#outbox].sort((a, b) => urgency(a.request) - urgency(b.request) || a.id - b.id);
    this.#outbox = [];
    const room = MOST_JOBS - [...this.#owed.values()].filter(({ request }) => isJob(request)).length;
    const jobs = all.filter(({ request }) => isJob(request)).slice(0, Math.max(0, room));
    const goes = all.filter((each) => !isJob(each.request) || jobs.includes(each));
    this.#waiting = all.filter((each) => !goes.includes(each));
    // From silence on, not from an answer that nobody waited for.
    if (this.#oldestInTurn() === null) this.#heardAt_ms = steadyMs();
    for (const each of goes) {
      this.#owed.set(each.id, each);
    }
    this.#channel?.write(goes.map(({ id, request }) => requestText(id, request)).join(''));
    this.#watch ??= setInterval(() => this.#look(), CHECK_MS).unref();
  }

  #start(): void {
    this.#shells += 1;
    this.#nonce = randomBytes(16).toString('hex');
    this.#heardAt_ms = steadyMs();
    const cut = replies(this.#nonce, (reply) => this.#take(reply));
    const own: Channel = this.#open({
      errors: (text) => this.#listener.errors?.(text),
      data: (chunk) => {
        this.#heardAt_ms = steadyMs();
        this.#listener.heard?.(chunk);
        try {
          if (this.#over === null) cut(chunk);
        } catch (error) {
          // What speaks in another way is not asked again.
          this.#leave((error as Error).message, null);
        }
      },
      end: (exit) => (this.#over === null ? this.#renew('the shell there ended', exit) : this.#listener.ended?.(exit)),
    });
    this.#channel = own;
    own.write(`${PROGRAM}\n${this.#nonce}\n`);
  }

  #take(reply: Reply): void {
    this.#hasAnswered = true;
    const found = this.#owed.get(reply.id);
    this.#owed.delete(reply.id);
    found?.settle(reply);
    if (this.#waiting.length > 0) this.#flush();
  }

  #oldestInTurn(): Owed | null {
    return [...this.#owed.values()].find(({ request }) => !isJob(request)) ?? null;
  }

  #isHeldUp(id: number): boolean {
    const holder = this.#oldestInTurn();
    return this.#hasAnswered && this.#over === null && holder !== null && holder.id !== id && steadyMs() - this.#heardAt_ms > SILENT_MS / 4;
  }

  #look(): void {
    if (this.#owed.size === 0 && this.#watch !== null) {
      clearInterval(this.#watch);
      this.#watch = null;
    } else if (this.#hasAnswered && this.#oldestInTurn() !== null && steadyMs() - this.#heardAt_ms > SILENT_MS) {
      this.#renew('the shell there hangs', null);
    }
  }

  /** Opens another shell and puts once more what the last one owed, but for the question that it hung or ended at. */
  #renew(why: string, exit: number | null): void {
    this.#channel?.close();
    this.#channel = null;
    const culprit = this.#oldestInTurn();
    if (!this.#hasAnswered || this.#shells >= MOST_SHELLS) {
      this.#leave(why, exit);
      return;
    }
    const again = [...this.#owed.values()];
    this.#owed.clear();
    for (const each of again) {
      if (each === culprit) each.settle(notAsked('failed', `${why} before it had answered this`));
      else this.#put(each);
    }
  }

  #leave(why: string, exit: number | null): void {
    this.#channel?.close();
    this.#channel = null;
    this.#giveUp(why);
    this.#listener.ended?.(exit);
  }

  #giveUp(why: string): void {
    this.#over = notAsked('failed', why);
    for (const { settle } of [...this.#owed.values(), ...this.#waiting, ...this.#outbox]) settle(this.#over);
    this.#owed.clear();
    this.#waiting = [];
    this.#outbox = [];
    if (this.#watch !== null) clearInterval(this.#watch);
    this.#watch = null;
  }
}
