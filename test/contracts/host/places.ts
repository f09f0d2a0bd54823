import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of the running test's own, open to be searched by other users; gone when the test ends. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ward-host-'));
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Listens on loopback, or at a path, until the test ends, and gives `HOST:PORT` or `unix:PATH`. */
export async function listening(server: Server, path?: string): Promise<string> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    // Whoever asks may hang up at any moment.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    if (path === undefined) server.listen(0, '127.0.0.1', resolve);
    else server.listen(path, resolve);
  });
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const at = server.address();
  return typeof at === 'string' || at === null ? `unix:${at}` : `127.0.0.1:${at.port}`;
}

/** A server that does this with each connection. */
export function tcp(serve: (socket: Socket) => void, path?: string): Promise<string> {
  return listening(createServer(serve), path);
}

/** A place where nobody listens, for it was just given up. */
export async function deserted(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof at === 'object' && at !== null ? `127.0.0.1:${at.port}` : '';
}

/** Does this as a user without rights: as another one, if the test runs as root. */
export async function withoutRights<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

/** Inodes of the listening sockets at a `HOST:PORT`, by proc_net(5): the second word is the address in hexadecimal, the tenth the inode. */
export function inodesAt(place: string): number[] {
  const rows = readFileSync('/proc/self/net/tcp', 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/));
  const wanted = `:${Number(place.split(':')[1]).toString(16).toUpperCase().padStart(4, '0')}`;
  return rows.filter(([, local = '', , state]) => local.endsWith(wanted) && state === '0A').map((words) => Number(words[9]));
}
