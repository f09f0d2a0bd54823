import { createServer, type Server, type Socket } from 'node:net';

/** What a listener does with a connection; what it started goes on until the connection is closed. */
type Behaviour = (socket: Socket, every: (ms: number, act: () => void) => void) => void;

const BANNER = 'SSH-2.0-OpenSSH_9.2\r\n';

export const BEHAVIOURS = {
  'stays silent': () => undefined,
  'drips a line of junk': (socket, every) => every(500, () => socket.write('junk\r\n')),
  'floods before its banner': (socket) => flood(socket, 'junk\r\n'.repeat(1000)),
  'sends one endless line': (socket) => flood(socket, 'x'.repeat(64 * 1024)),
  'says nothing after its banner': (socket) => socket.write(BANNER),
  'closes after its banner': (socket) => socket.end(BANNER),
  'closes at once': (socket) => socket.end(),
  'resets at once': (socket) => socket.resetAndDestroy(),
  'speaks HTTP': (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
} satisfies Record<string, Behaviour>;

/** Sends for ever, as fast as it is taken. */
function flood(socket: Socket, text: string): void {
  const send = () => {
    while (!socket.destroyed && socket.write(text));
  };
  socket.on('drain', send);
  send();
}

export interface Listener {
  port: number;
  close(): Promise<void>;
}

/** A listener on loopback that is no good sshd. */
export async function listenAs(name: keyof typeof BEHAVIOURS, address = '127.0.0.1'): Promise<Listener> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    const timers: NodeJS.Timeout[] = [];
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      for (const timer of timers) clearInterval(timer);
      sockets.delete(socket);
    });
    socket.resume();
    (BEHAVIOURS[name] as Behaviour)(socket, (ms, act) => timers.push(setInterval(act, ms)));
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
