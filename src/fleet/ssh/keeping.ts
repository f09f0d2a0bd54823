import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { wayTo } from '../reach.ts';
import type { PrivateFolder } from './private-folder.ts';
import type { Target } from './words.ts';

/** Where a node's kept connection has its socket; `problem` says why it goes without one, and is null where none is wanted. */
export interface Keeping {
  path: string | null;
  problem: string | null;
}

/** Of a socket's path (sun_path), and what ssh puts behind the name while it makes one. */
const LONGEST_PATH = 104;
const SSH_SUFFIX = 18;

/** The socket of this way to this node: another user, key or jump host is another way. */
export function keepingFor({ node, ssh, own_known_hosts }: Target, folder: PrivateFolder): Keeping {
  if (ssh.keep_s === 0) return { path: null, problem: null };
  if (folder.path === null) return { path: null, problem: `No connection is kept open: ${folder.problem}` };
  const way = [wayTo(node), ssh.kex, own_known_hosts].join('\0');
  const path = join(folder.path, createHash('sha256').update(way).digest('hex').slice(0, 16));
  if (Buffer.byteLength(path) + SSH_SUFFIX > LONGEST_PATH)
    return { path: null, problem: `No connection is kept open: ${path} is too long for a socket` };
  return { path, problem: null };
}

/** The options by which ssh keeps this connection, or none. */
export function keepOptions({ path }: Keeping, keep_s: number): string[] {
  if (path === null) return ['ControlMaster=no', 'ControlPath=none'];
  return ['ControlMaster=auto', `ControlPath=${path.replaceAll('%', '%%')}`, `ControlPersist=${keep_s}`];
}
