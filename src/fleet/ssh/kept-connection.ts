import { connect, type Socket } from 'node:net';
import { packed, packets } from './ssh-wire.ts';
import type { Limits, Ran } from './run-ssh.ts';

/** Why a kept connection did not serve: none is there, or it is there and does not answer. Nothing was sent to the node. */
export type NoMaster = { master: 'none' } | { master: 'hung'; why: string };

// OpenSSH's PROTOCOL.mux. In proxy mode the socket carries the packets of the SSH connection protocol (RFC 4254), so one process speaks to all nodes.
const MUX = { hello: 1, version: 4, proxy: 0x1000000f, proxied: 0x8000000f } as const;
const SSH = { open: 90, confirmed: 91, refused: 92, data: 94, extended: 95, eof: 96, close: 97, request: 98, failed: 100 } as const;

/** A master that lives answers within a millisecond; one that is stopped never does. */
const MASTER_MS = 1_000;
const PACKET = 32 * 1024;

/** Runs a command on a node through the connection that an earlier ssh kept open at `path`. Never rejects. */
export function runOnKept(path: string, command: string, limits: Limits): Promise<Ran | NoMaster> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const session = new Session(socket, command, limits);
    const end = (result: Ran | NoMaster) => {
      clearTimeout(greeting);
      clearTimeout(deadline);
      limits.signal?.removeEventListener('abort', abort);
      leave(socket, session);
      resolve(result);
    };
    const abort = () => end(session.ran('aborted'));
    const lost = (why: string) => (session.begun ? session.lost() : { master: 'hung' as const, why });
    const unanswered = (why: string) => end(lost(why));
    const greeting = setTimeout(() => session.begun || unanswered('it did not answer within 1 s'), Math.min(MASTER_MS, limits.ms));
    const deadline = setTimeout(() => end(session.ran('deadline')), limits.ms);
    limits.signal?.addEventListener('abort', abort, { once: true });

    socket.on('connect', () => session.open());
    socket.on('error', () => (session.begun ? unanswered('') : end({ master: 'none' })));
    socket.on('close', () => unanswered('it closed the connection'));
    const cut = packets((packet) => {
      const done = session.take(packet);
      if (done !== null) end(done);
    });
    socket.on('data', (chunk: Buffer) => {
      try {
        cut(chunk);
      } catch {
        unanswered('it does not speak as OpenSSH does');
      }
    });
  });
}

/** A master that loses a peer with an open channel may end with it, so the channel is closed first; nobody waits for that. */
function leave(socket: Socket, session: Session): void {
  socket.unref();
  if (!session.begun || socket.destroyed) socket.destroy();
  else session.close();
  setTimeout(() => socket.destroy(), MASTER_MS).unref();
}

/** One command on one channel. */
class Session {
  /** Whether the node's sshd has opened the channel: from then on what goes wrong is the node's. */
  begun = false;
  readonly #socket: Socket;
  readonly #command: string;
  readonly #limits: Limits;
  readonly #output: Buffer[] = [];
  #bytes = 0;
  #errors = '';
  #exit: number | null = null;
  #proxied = false;
  #channel = 0;
  #leaving = false;
  #closed = false;

  constructor(socket: Socket, command: string, limits: Limits) {
    this.#socket = socket;
    this.#command = command;
    this.#limits = limits;
  }

  /** Greets the master and asks it for a session on the node, all in one go: a master takes packets one by one. */
  open(): void {
    // A little more than the limit, and never widened: what sends for ever stops by itself and cannot hold up the others on this connection.
    const window = this.#limits.bytes + 2 * PACKET;
    this.#socket.write(
      Buffer.concat([
        framedPacket(packed(MUX.hello, MUX.version)),
        framedPacket(packed(MUX.proxy, 0)),
        channelPacket(SSH.open, packed('session', 0, window, PACKET)),
      ]),
    );
  }

  ran(end: Ran['end']): Ran {
    // The way in was there before, so all that was said here is the node's.
    return {
      stdout: Buffer.concat(this.#output),
      stderr: `Authenticated to kept (via proxy) using "kept".\n${this.#errors}`,
      exit: this.#exit,
      end,
      in_name_lookup: false,
    };
  }

  /** The connection is gone: with what came so far, or, if nothing did, as if it had not been there, so that a new one is made. */
  lost(): Ran | NoMaster {
    return this.#bytes === 0 && this.#errors === '' ? { master: 'none' } : this.ran('exit');
  }

  /** Ends the channel from our side; what still comes on it is thrown away, and the socket goes when the other side has closed too. */
  close(): void {
    this.#leaving = true;
    this.#socket.write(channelPacket(SSH.close, packed(this.#channel)));
    if (this.#closed) this.#socket.end();
  }

  /** Takes the next packet; gives the result when this was the last. Throws on what it cannot understand. */
  take(packet: Buffer): Ran | NoMaster | null {
    if (this.#leaving) {
      if (packet[1] === SSH.close) this.#socket.end();
      return null;
    }
    return this.#proxied ? this.#onChannel(packet) : this.#onMaster(packet);
  }

  #onMaster(packet: Buffer): NoMaster | null {
    const type = packet.readUInt32BE(0);
    if (type === MUX.hello) return null;
    if (type !== MUX.proxied) return { master: 'hung', why: 'it refuses proxy mode' };
    this.#proxied = true;
    return null;
  }

  #onChannel(packet: Buffer): Ran | NoMaster | null {
    // A byte for padding that is not there, then the type, then whose channel.
    switch (packet[1]) {
      case SSH.confirmed:
        this.#begin(packet.readUInt32BE(6));
        return null;
      case SSH.refused:
        return { master: 'hung', why: 'the node opens no more sessions on it' };
      case SSH.data:
        return this.#add(packet.subarray(10));
      case SSH.extended:
        this.#errors += packet
          .subarray(14)
          .toString('utf8')
          .slice(0, 64 * 1024 - this.#errors.length);
        return null;
      case SSH.request:
        this.#noteExit(packet);
        return null;
      case SSH.close:
        this.#closed = true;
        return this.ran('exit');
      case SSH.failed:
        return this.ran('exit');
      default:
        return null;
    }
  }

  #begin(channel: number): void {
    this.begun = true;
    this.#channel = channel;
    this.#limits.onLogin?.();
    const request = channelPacket(SSH.request, packed(channel, 'exec'), Buffer.from([1]), packed(this.#command));
    this.#socket.write(Buffer.concat([request, channelPacket(SSH.eof, packed(channel))]));
  }

  #add(data: Buffer): Ran | null {
    this.#output.push(data);
    this.#bytes += data.length;
    return this.#bytes > this.#limits.bytes ? this.ran('too-large') : null;
  }

  #noteExit(packet: Buffer): void {
    const length = packet.readUInt32BE(6);
    const kind = packet.subarray(10, 10 + length).toString('latin1');
    if (kind === 'exit-status') this.#exit = packet.readUInt32BE(10 + length + 1);
  }
}

/** A packet of the connection protocol; the byte in front of its type is for padding that is not there. */
function channelPacket(type: number, ...parts: Buffer[]): Buffer {
  return framedPacket(Buffer.concat([Buffer.from([0, type]), ...parts]));
}

function framedPacket(content: Buffer): Buffer {
  return Buffer.concat([packed(content.length), content]);
}
