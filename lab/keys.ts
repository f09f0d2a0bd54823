import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { STATE, stateFile } from './places.ts';
import { run } from './run.ts';

/** The key that logs in to every host, made once a lab. */
export function loginKey(): string {
  return sshKey(stateFile('key'), 'lab');
}

/** A host's own key, kept so that it stays the same when the host is made anew; gives its public half too. */
export function hostKey(name: string): { path: string; shown: string } {
  const path = sshKey(stateFile(`host-key-${name}`), name);
  return { path, shown: readFileSync(`${path}.pub`, 'utf8').split(' ').slice(0, 2).join(' ') };
}

/** A host's pair for the mesh, made once a lab. */
export function wireguardKey(name: string): { secret: string; shown: string } {
  const path = stateFile(`wireguard-key-${name}`);
  if (!existsSync(path)) {
    ready();
    writeFileSync(path, run(['wg', 'genkey']), { mode: 0o600 });
  }
  const secret = readFileSync(path, 'utf8').trim();
  return { secret, shown: run(['wg', 'pubkey'], { input: secret }).trim() };
}

function sshKey(path: string, comment: string): string {
  if (!existsSync(path)) {
    ready();
    run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', path]);
    chmodSync(path, 0o600);
  }
  return path;
}

function ready(): void {
  mkdirSync(STATE, { recursive: true, mode: 0o700 });
}
