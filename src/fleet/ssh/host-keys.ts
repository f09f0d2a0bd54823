import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { privateFolder } from './private-folder.ts';
import { runSsh } from './run-ssh.ts';
import { fileWord } from '../ssh-quoting.ts';
import { sshOptions, type Target } from './words.ts';

/** A key as a line of known_hosts has it, with its fingerprint as ssh shows it. */
export interface HostKey {
  line: string;
  type: string;
  fingerprint: string;
}

/** How ssh is started. */
export interface Start {
  program: string;
  env: NodeJS.ProcessEnv;
}

/** `SHA256:…` of a key in base64, as ssh-keygen prints it. */
export function fingerprintOf(base64: string): string {
  return `SHA256:${createHash('sha256').update(Buffer.from(base64, 'base64')).digest('base64').replace(/=+$/, '')}`;
}

/** The key in a line of known_hosts; null where the line has none. */
export function keyInLine(line: string): HostKey | null {
  const [, type, base64] = /^(?:@\S+ )?\S+ ([\w@.-]+) ([A-Za-z0-9+/]+={0,2})(?: .*)?$/.exec(line.trim()) ?? [];
  return type === undefined || base64 === undefined ? null : { line: line.trim(), type, fingerprint: fingerprintOf(base64) };
}

/** The key in that line of a known_hosts file; null where it cannot be read. */
export function keyInFile(path: string, number: number): HostKey | null {
  try {
    return keyInLine(readFileSync(path, 'utf8').split('\n')[number - 1] ?? '');
  } catch {
    return null;
  }
}

/**
 * The key that a node shows now, by the same way that a report would take, also through jump hosts. It goes no further than the greeting:
 * no key and no password of ours is offered. The second is what ssh said, for telling why there is none. With `known` only a known key is taken, and what
 * ssh said tells whether it was.
 */
export async function shownKey(
  { program, env }: Start,
  target: Target,
  ms: number,
  accept: 'any' | 'known' = 'any',
): Promise<{ key: HostKey | null; stderr: string }> {
  const { path: folder, problem } = privateFolder(env);
  if (folder === null) return { key: null, stderr: problem };
  const place = mkdtempSync(join(folder, 'key-'));
  const file = join(place, 'known_hosts');
  const anyKey =
    accept === 'known'
      ? []
      : ['StrictHostKeyChecking=accept-new', `UserKnownHostsFile=${fileWord(file)}`, 'GlobalKnownHostsFile=/dev/null', 'HashKnownHosts=no'];
  const noLogin = ['PreferredAuthentications=none', 'PubkeyAuthentication=no', 'BatchMode=yes', 'ControlMaster=no', 'ControlPath=none'];
  try {
    const words = [...sshOptions(target, [...anyKey, ...noLogin]), '--', target.node.host ?? '', 'exit'];
    const { stderr } = await runSsh(program, words, env, { ms, bytes: 64 * 1024, signal: null });
    return { key: firstKey(file), stderr };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function firstKey(file: string): HostKey | null {
  try {
    return (
      readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line) => keyInLine(line) ?? [])[0] ?? null
    );
  } catch {
    return null;
  }
}
