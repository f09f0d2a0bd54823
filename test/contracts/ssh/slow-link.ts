import { connect, createServer, type Socket } from 'node:net';
import type { Listener } from './hostile-listeners.ts';

/** How a way to a node behaves. */
export interface Link {
  /** Each piece arrives so much later. */
  delay_ms: number;
  /** From the node to us; null is as fast as it goes. */
  bytes_per_s: number | null;
  /** So much comes from the node, then nothing any more, and the connection stays open: what a hole for large packets does. */
  stops_after: number | null;
}

/** A way to a port on loopback that is as bad as this. */
export async function slowLink(to: number, link: Link, host = '127.0.0.1'): Promise<Listener> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(to, host);
    for (const socket of [near, far]) {
      sockets.add(socket);
      // A real way gathers no small pieces.
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
    }
    near.on('close', () => far.destroy());
    far.on('close', () => near.end());
    near.on('data', (piece) => setTimeout(() => far.write(piece), link.delay_ms));
    passOn(far, near, link);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function passOn(far: Socket, near: Socket, { delay_ms, bytes_per_s, stops_after }: Link): void {
  let passed = 0;
  far.on('data', (piece: Buffer) => {
    const left = stops_after === null ? piece : piece.subarray(0, Math.max(0, stops_after - passed));
    passed += left.length;
    const takes_ms = bytes_per_s === null ? 0 : (passed / bytes_per_s) * 1000;
    setTimeout(() => near.write(left), delay_ms + takes_ms);
  });
}
