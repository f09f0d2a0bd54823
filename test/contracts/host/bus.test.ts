import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Bus } from '../../../src/hosts/local/systemd/bus.ts';
import { messageLength } from '../../../src/hosts/local/systemd/message.ts';

/** What dbus-daemon allows one connection on the system's bus (max_replies_per_connection). */
const ALLOWED = 128;

const CALL = { destination: 'org.example', path: '/org/example', interface: 'org.example', member: 'Ask', args: [] };

let folder: string;
let server: Server;
let peer: BusPeer;
let bus: Bus;

/** The other side of the bus: it greets, keeps the serials of what it was asked, and answers when it is told to. */
class BusPeer {
  readonly asked: number[] = [];
  #socket: Socket | null = null;
  #unread = Buffer.alloc(0);
  #wake: () => void = () => undefined;

  serve(socket: Socket): void {
    this.#socket = socket;
    // Whoever hangs up while bytes are unread resets the connection.
    socket.on('error', () => undefined);
    socket.once('data', (chunk) => {
      socket.write('OK 0123456789abcdef0123456789abcdef\r\n');
      this.#take(chunk.subarray(chunk.indexOf('BEGIN\r\n') + 7));
      socket.on('data', (more) => this.#take(more));
    });
  }

  /** Waits until so many were asked. */
  async until(count: number): Promise<void> {
    while (this.asked.length < count) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /** An empty answer to one call. */
  answer(serial: number): void {
    const message = Buffer.from([0x6c, 2, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 5, 1, 0x75, 0, 0, 0, 0, 0]);
    message.writeUInt32LE(serial, 20);
    this.#socket?.write(message);
  }

  hangUp(): void {
    this.#socket?.destroy();
  }

  #take(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    for (let length = messageLength(this.#unread); length !== null && this.#unread.length >= length; length = messageLength(this.#unread)) {
      this.asked.push(this.#unread.readUInt32LE(8));
      this.#unread = this.#unread.subarray(length);
    }
    this.#wake();
  }
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ward-bus-'));
  peer = new BusPeer();
  server = createServer((socket) => peer.serve(socket));
  await new Promise<void>((resolve) => server.listen(join(folder, 'bus'), resolve));
  bus = new Bus(connect(join(folder, 'bus')));
});

afterEach(() => {
  bus.close();
  server.close();
  rmSync(folder, { recursive: true });
});

it('never has more calls open than the system bus allows, and makes all of them', async () => {
  const calls = Array.from({ length: 400 }, () => bus.call(CALL));
  for (let answered = 0; answered < calls.length; answered += 1) {
    await peer.until(answered + 1);
    expect(peer.asked.length - answered).toBeLessThan(ALLOWED);
    peer.answer(peer.asked[answered] ?? 0);
  }
  expect(await Promise.all(calls)).toEqual(calls.map(() => []));
});

it('fails every call, also those that wait for their turn, when the bus goes away', async () => {
  const ends = Promise.allSettled(Array.from({ length: 400 }, () => bus.call(CALL)));
  await peer.until(1);
  peer.hangUp();
  expect(new Set((await ends).map(({ status }) => status))).toEqual(new Set(['rejected']));
});
