import { connect, type Socket } from 'node:net';
import { packed, packets } from './ssh-wire.ts';

/** How a channel came to its end. */
export type Over =
  /** No master listens there. */
  | { kind: 'none' }
  /** One is there and does not serve; nothing was sent to the node. */
  | { kind: 'hung'; why: string }
  /** The node closed it, with the exit code of what ran there if it told. */
  | { kind: 'closed'; exit: number | null }
  /** The connection is gone, or speaks what nobody understands. */
  | { kind: 'lost' };

/** Who is told of what comes on a channel. */
export interface Told {
  /** The node's sshd has opened it: from then on what goes wrong is the node's. */
  begun(): void;
  output(chunk: Buffer): void;
  errors(text: string): void;
  /** Once, and the last that is told. */
  over(how: Over): void;
}

/** A command on a node, over a connection that another ssh keeps. */
export interface MuxChannel {
  /** Input for the command, once it has begun; it leaves as soon as the node takes it. */
  send(text: string): void;
  /** No more input will come. */
  endInput(): void;
  /** Lets the node send so many bytes more. */
  widen(bytes: number): void;
  /** Ends it from our side; nothing is told any more. */
  leave(): void;
}

// OpenSSH's PROTOCOL.mux. In proxy mode the socket carries the packets of the SSH connection protocol (RFC 4254), so one process speaks to all nodes.
const MUX = { hello: 1, version: 4, proxy: 0x1000000f, proxied: 0x8000000f } as const;
const SSH = {
  open: 90,
  confirmed: 91,
  refused: 92,
  widened: 93,
  data: 94,
  extended: 95,
  eof: 96,
  close: 97,
  request: 98,
  failed: 100,
} as const;

/** A master that lives answers within a millisecond; one that is stopped never does. */
const MASTER_MS = 1_000;
const PACKET = 32 * 1024;

/** Has a command run through the master at `path`. The node may send `window` bytes, and not one more before the window is widened. */
export function openChannel(path: string, { command, window }: { command: string; window: number }, told: Told): MuxChannel {
  const socket = connect(path);
  const channel = new Channel(socket, command, window, told);
  const greeting = setTimeout(() => channel.begun || channel.end({ kind: 'hung', why: 'it did not answer within 1 s' }), MASTER_MS);
  greeting.unref();
  socket.on('connect', () => channel.open());
  socket.on('error', () => channel.end(channel.begun ? { kind: 'lost' } : { kind: 'none' }));
  socket.on('close', () => channel.end(channel.begun ? { kind: 'lost' } : { kind: 'hung', why: 'it closed the connection' }));
  const cut = packets((packet) => channel.take(packet));
  socket.on('data', (chunk: Buffer) => {
    try {
      cut(chunk);
    } catch {
      channel.end(channel.begun ? { kind: 'lost' } : { kind: 'hung', why: 'it does not speak as OpenSSH does' });
    }
  });
  return channel;
}

class Channel implements MuxChannel {
  begun = false;
  readonly #socket: Socket;
  readonly #command: string;
  readonly #window: number;
  readonly #told: Told;
  #exit: number | null = null;
  #proxied = false;
  #number = 0;
  /** What the node still takes. At first that is nothing: sshd widens it when the command runs. */
  #room = 0;
  readonly #unsent: Buffer[] = [];
  #over = false;
  #closed = false;

  constructor(socket: Socket, command: string, window: number, told: Told) {
    this.#socket = socket;
    this.#command = command;
    this.#window = window;
    this.#told = told;
  }

  /** Greets the master and asks it for a session on the node, all in one go: a master takes packets one by one. */
  open(): void {
    this.#socket.cork();
    this.#socket.write(framedPacket(packed(MUX.hello, MUX.version)));
    this.#socket.write(framedPacket(packed(MUX.proxy, 0)));
    this.#packet(SSH.open, packed('session', 0, this.#window, PACKET));
    this.#socket.uncork();
  }

  send(text: string): void {
    this.#unsent.push(Buffer.from(text));
    this.#flush();
  }

  endInput(): void {
    this.#packet(SSH.eof, packed(this.#number));
  }

  widen(bytes: number): void {
    if (!this.#over && bytes > 0) this.#packet(SSH.widened, packed(this.#number, bytes));
  }

  leave(): void {
    if (this.#over) return;
    this.#over = true;
    this.#letGo();
  }

  end(how: Over): void {
    if (this.#over) return;
    this.leave();
    this.#told.over(how);
  }

  /** Throws on what it cannot understand. */
  take(packet: Buffer): void {
    if (this.#over) {
      if (packet[1] === SSH.close) this.#socket.end();
    } else if (this.#proxied) this.#onChannel(packet);
    else this.#onMaster(packet);
  }

  /** A master that loses a peer with an open channel may end with it, so the channel is closed first; nobody waits for that. */
  #letGo(): void {
    this.#socket.unref();
    if (!this.begun || this.#socket.destroyed) this.#socket.destroy();
    else this.#packet(SSH.close, packed(this.#number));
    if (this.#closed) this.#socket.end();
    setTimeout(() => this.#socket.destroy(), MASTER_MS).unref();
  }

  #onMaster(packet: Buffer): void {
    const type = packet.readUInt32BE(0);
    if (type === MUX.proxied) this.#proxied = true;
    else if (type !== MUX.hello) this.end({ kind: 'hung', why: 'it refuses proxy mode' });
  }

  #onChannel(packet: Buffer): void {
    // A byte for padding that is not there, then the type, then whose channel.
    switch (packet[1]) {
      case SSH.confirmed:
        this.#begin(packet.readUInt32BE(6), packet.readUInt32BE(10));
        break;
      case SSH.refused:
        this.end({ kind: 'hung', why: 'the node opens no more sessions on it' });
        break;
      case SSH.widened:
        this.#room += packet.readUInt32BE(6);
        this.#flush();
        break;
      case SSH.data:
        this.#told.output(packet.subarray(10));
        break;
      case SSH.extended:
        this.#told.errors(packet.subarray(14).toString('utf8'));
        break;
      case SSH.request:
        this.#noteExit(packet);
        break;
      case SSH.close:
      case SSH.failed:
        this.#closed = packet[1] === SSH.close;
        this.end({ kind: 'closed', exit: this.#exit });
    }
  }

  #begin(number: number, room: number): void {
    this.begun = true;
    this.#number = number;
    this.#room = room;
    this.#socket.cork();
    this.#packet(SSH.request, packed(number, 'exec'), Buffer.from([1]), packed(this.#command));
    this.#told.begun();
    this.#socket.uncork();
  }

  #flush(): void {
    for (let [next] = this.#unsent; next !== undefined && next.length <= this.#room && !this.#over; [next] = this.#unsent) {
      this.#unsent.shift();
      this.#room -= next.length;
      this.#packet(SSH.data, packed(this.#number, next.length), next);
    }
  }

  #noteExit(packet: Buffer): void {
    const length = packet.readUInt32BE(6);
    const kind = packet.subarray(10, 10 + length).toString('latin1');
    if (kind === 'exit-status') this.#exit = packet.readUInt32BE(10 + length + 1);
  }

  #packet(type: number, ...parts: Buffer[]): void {
    this.#socket.write(framedPacket(Buffer.concat([Buffer.from([0, type]), ...parts])));
  }
}

function framedPacket(content: Buffer): Buffer {
  return Buffer.concat([packed(content.length), content]);
}
