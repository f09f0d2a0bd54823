import { chownSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostKey, loginKey } from '../keys.ts';
import type { Put } from './put.ts';

/** The lab's key opens root and `deploy`, who may become root; the host's own key is the one that known_hosts has. */
export function writeLogin(root: string, name: string, put: Put): void {
  const shown = readFileSync(`${loginKey()}.pub`, 'utf8');
  put('/root/.ssh/authorized_keys', shown, 0o600);
  put('/home/deploy/.ssh/authorized_keys', shown, 0o600);
  const [uid, gid] = ownerOf(root, 'deploy');
  for (const path of ['home/deploy/.ssh', 'home/deploy/.ssh/authorized_keys']) chownSync(join(root, path), uid, gid);
  const { path } = hostKey(name);
  put('/etc/ssh/ssh_host_ed25519_key', readFileSync(path, 'utf8'), 0o600);
  put('/etc/ssh/ssh_host_ed25519_key.pub', readFileSync(`${path}.pub`, 'utf8'));
}

/** Number of a user of the host, and of its group. */
export function ownerOf(root: string, user: string): [uid: number, gid: number] {
  const users = readFileSync(join(root, 'etc/passwd'), 'utf8');
  const [, uid, gid] = new RegExp(`^${user}:x:(\\d+):(\\d+):`, 'm').exec(users) ?? [];
  return [Number(uid ?? 0), Number(gid ?? 0)];
}
