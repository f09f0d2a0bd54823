import type { Socket } from 'node:net';
import { type BusValue, type Call, callBytes, messageLength, replyIn } from './message.ts';

interface Waiting {
  resolve(values: BusValue[]): void;
  reject(error: Error): void;
}

/** The system's bus refuses a connection its 129th unanswered call, so fewer are ever open. */
const MOST_OPEN = 100;

/** One connection to a message bus, or to systemd itself. Calls are sent as soon as few enough are open, and answered in any order. */
export class Bus {
  readonly #socket: Socket;
  readonly #onFail: () => void;
  readonly #waiting = new Map<number, Waiting>();
  readonly #unsent: [call: Call, waiting: Waiting][] = [];
  readonly #ready: Buffer[] = [];
  #serial = 0;
  #unread = Buffer.alloc(0);
  #greeted = false;

  /** The socket's messages go out as soon as it is connected: the handshake waits for nobody. `onFail` is told when it serves no more. */
  constructor(socket: Socket, onFail: () => void = () => undefined) {
    this.#socket = socket;
    this.#onFail = onFail;
    const uid = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
    socket.write(`\0AUTH EXTERNAL ${uid}\r\nBEGIN\r\n`);
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the bus closed the connection')));
  }

  call(call: Call): Promise<BusValue[]> {
    return new Promise((resolve, reject) => {
      this.#unsent.push([call, { resolve, reject }]);
      this.#send();
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #send(): void {
    while (this.#waiting.size < MOST_OPEN) {
      const next = this.#unsent.shift();
      if (next === undefined) return;
      const [call, waiting] = next;
      this.#serial += 1;
      this.#waiting.set(this.#serial, waiting);
      if (this.#ready.length === 0) queueMicrotask(() => this.#flush());
      this.#ready.push(callBytes(call, this.#serial));
    }
  }

  /** Whatever was called in one go is written in one go. */
  #flush(): void {
    this.#socket.write(Buffer.concat(this.#ready));
    this.#ready.length = 0;
  }

  #read(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    try {
      if (!this.#greeted && !this.#welcome()) return;
      for (
        let length = messageLength(this.#unread);
        length !== null && this.#unread.length >= length;
        length = messageLength(this.#unread)
      ) {
        this.#answer(this.#unread.subarray(0, length));
        this.#unread = this.#unread.subarray(length);
      }
    } catch (error) {
      this.#fail(error as Error);
      this.#socket.destroy();
    }
  }

  /** The one line of text that stands before the messages: `OK GUID`. */
  #welcome(): boolean {
    const end = this.#unread.indexOf('\r\n');
    if (end === -1) return false;
    const line = this.#unread.toString('latin1', 0, end);
    if (!line.startsWith('OK ')) throw new Error(`the bus refused this user: ${line.slice(0, 80)}`);
    this.#unread = this.#unread.subarray(end + 2);
    this.#greeted = true;
    return true;
  }

  #answer(message: Buffer): void {
    const reply = replyIn(message);
    const waiting = reply === null ? undefined : this.#waiting.get(reply.serial);
    if (reply === null || waiting === undefined) return;
    this.#waiting.delete(reply.serial);
    this.#send();
    if (reply.error === null) waiting.resolve(reply.values);
    else waiting.reject(new Error(reply.error));
  }

  #fail(error: Error): void {
    this.#onFail();
    for (const { reject } of this.#waiting.values()) reject(error);
    for (const [, { reject }] of this.#unsent) reject(error);
    this.#waiting.clear();
    this.#unsent.length = 0;
  }
}
